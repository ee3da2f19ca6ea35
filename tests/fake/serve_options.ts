/** What `serve.ts` is told. */
export interface ServeOptions {
  /** Port on 127.0.0.1; 0 for any that is free. */
  readonly port: number;
  /** Where to write a kubeconfig; `undefined` for nowhere. */
  readonly kubeconfig: string | undefined;
  /** Whether objects go with their owners. */
  readonly garbageCollection: boolean;
  /** Whether tokens and Roles count. */
  readonly rbac: boolean;
  /** Whether to serve over TLS. */
  readonly tls: boolean;
  /** File that keeps the objects; `undefined` for none. */
  readonly state: string | undefined;
  /** Files with CustomResourceDefinitions. */
  readonly crds: readonly string[];
  /** URLs of webhooks, by `namespace/name` of their Service or by origin. */
  readonly webhooks: Readonly<Record<string, string>>;
}

const FLAGS = ["--no-garbage-collection", "--rbac", "--tls"];

/**
 * Reads the arguments of `serve.ts`.
 *
 * @param args As `--port 8001 --kubeconfig FILE --tls`.
 * @returns The options.
 * @throws {TypeError} If an argument is unknown or lacks its value.
 */
export function serveOptions(args: readonly string[]): ServeOptions {
  let port = 0;
  let kubeconfig: string | undefined;
  const crds: string[] = [];
  const webhooks: Record<string, string> = {};
  let state: string | undefined;
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const [name = "", inline] = (args[index] ?? "").split(/=(.*)/s);
    if (FLAGS.includes(name)) {
      flags.add(name);
      continue;
    }
    const value = inline ?? args[++index];
    if (value === undefined) {
      throw new TypeError(`Cannot start: "${name}" needs a value`);
    }
    if (name === "--port" && /^\d+$/.test(value)) port = Number(value);
    else if (name === "--kubeconfig") kubeconfig = value;
    else if (name === "--state") state = value;
    else if (name === "--crd") crds.push(value);
    else if (name === "--webhook" && /=https:\/\//.test(value)) {
      const [place = "", url = ""] = value.split(/=(?=https:)/);
      webhooks[place] = url;
    } else throw new TypeError(`Cannot start: "${name}" is not an option`);
  }
  return {
    port,
    kubeconfig,
    crds,
    state,
    webhooks,
    garbageCollection: !flags.has("--no-garbage-collection"),
    rbac: flags.has("--rbac"),
    tls: flags.has("--tls"),
  };
}
