/** One of the examples: the folder that has its name. */
export interface Example {
  /** What it shows. */
  readonly shows: string;
  /** Permissions of its story, `demo.ts`. */
  readonly story: readonly string[];
  /** Permissions of its program in a pod, `main.ts`. */
  readonly program: readonly string[];
}

/** What a program in a pod needs to read. */
const ACCOUNT = "--allow-read=/var/run/secrets/kubernetes.io/serviceaccount";

/** Whom it talks to, and the probes that it serves. */
const NET = "--allow-net=kubernetes.default.svc:443,0.0.0.0:8080";

/** Metrics besides. */
const NET_WITH_METRICS = `${NET},0.0.0.0:9090`;

/** The name of its pod, for the Lease and for events, and how much it logs. */
const ENV = "--allow-env=HOSTNAME,KOPRS_LOG";

/** The examples, in the order in which to read them. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  greeting: {
    shows: "the operator of the README, in 25 lines",
    story: [
      "--allow-net=127.0.0.1",
      "--allow-read=.",
      "--allow-write=.cache",
      "--allow-run",
    ],
    program: [ACCOUNT, NET],
  },
  configmapsync: {
    shows: "a child in another namespace: drift, cleanup, conditions, events",
    story: ["--allow-net=127.0.0.1", "--allow-write=.cache"],
    program: [ACCOUNT, NET_WITH_METRICS, ENV],
  },
  multicontroller: {
    shows: "two controllers in one program, and Secrets that stay secret",
    story: ["--allow-net=127.0.0.1"],
    program: [ACCOUNT, NET_WITH_METRICS, ENV],
  },
  podwatch: {
    shows: "built-in kinds, predicates and an index: Pods that crash, by Node",
    story: ["--allow-net=127.0.0.1"],
    program: [ACCOUNT, NET_WITH_METRICS, ENV],
  },
  database: {
    shows: "a finalizer around a system outside: a SQLite file per object",
    story: [
      "--allow-net=127.0.0.1",
      "--allow-read=.cache",
      "--allow-write=.cache",
    ],
    program: [`${ACCOUNT},/data`, "--allow-write=/data", NET_WITH_METRICS, ENV],
  },
  external_flags: {
    shows: "objects that follow an HTTP endpoint and a bucket",
    story: ["--allow-net=127.0.0.1"],
    // The endpoint and the bucket's server; Amazon's library reads many variables.
    program: [
      ACCOUNT,
      `${NET_WITH_METRICS},flags.flags.svc,minio.minio.svc`,
      "--allow-env",
    ],
  },
  admission_policy: {
    shows: "webhooks that judge and change objects",
    story: ["--allow-net=127.0.0.1,localhost"],
    program: ["--allow-read=/tls", "--allow-net=0.0.0.0:8443"],
  },
};
