/** One of the examples: the folder that has its name. */
export interface Example {
  /** What it shows. */
  readonly shows: string;
  /** Permissions of its story, `demo.ts`. */
  readonly story: readonly string[];
  /** Permissions of its program in a pod, `main.ts`. */
  readonly program: readonly string[];
}

/** What a program in a pod needs to read, and to reach. */
const ACCOUNT = "--allow-read=/var/run/secrets/kubernetes.io/serviceaccount";
const NET = "--allow-net=kubernetes.default.svc:443,0.0.0.0:8080,0.0.0.0:9090";

/** The name of its pod, for the Lease and for events, and how much it logs. */
const ENV = "--allow-env=HOSTNAME,KOPRS_LOG";

/** The examples, in the order in which to read them. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  configmapsync: {
    shows: "a child in another namespace: drift, cleanup, conditions, events",
    story: ["--allow-net=127.0.0.1", "--allow-write=.cache"],
    program: [ACCOUNT, NET, ENV],
  },
  multicontroller: {
    shows: "two controllers in one program, and Secrets that stay secret",
    story: ["--allow-net=127.0.0.1"],
    program: [ACCOUNT, NET, ENV],
  },
  external_flags: {
    shows: "objects that follow an HTTP endpoint and a bucket",
    story: ["--allow-net=127.0.0.1"],
    // The endpoint and the bucket's server; Amazon's library reads many variables.
    program: [
      ACCOUNT,
      `${NET},flags.flags.svc,minio.minio.svc`,
      "--allow-env",
    ],
  },
  admission_policy: {
    shows: "webhooks that judge and change objects",
    story: ["--allow-net=127.0.0.1,localhost"],
    program: ["--allow-read=/tls", "--allow-net=0.0.0.0:8443"],
  },
};
