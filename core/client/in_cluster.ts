import type { Clock } from "../timing/clock.ts";
import type { ClientConfig, TlsConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { tokenFile } from "./credentials.ts";
import { readPem } from "./kubeconfig_pem.ts";
import { KubeconfigSection } from "./kubeconfig_section.ts";
import { permissionError } from "./permissions.ts";
import { netHostOf } from "./server_origin.ts";

/** Options of {@linkcode loadInCluster}. */
export interface InClusterOptions {
  /**
   * The folder with token, certificate authority and namespace.
   *
   * @default {"/var/run/secrets/kubernetes.io/serviceaccount"}
   */
  readonly folder?: string | undefined;
  /**
   * Reads an environment variable.
   *
   * @default {Deno.env.get}
   */
  readonly env?: ((name: string) => string | undefined) | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** Where every pod has the files of its service account. */
export const serviceAccountFolder =
  "/var/run/secrets/kubernetes.io/serviceaccount";

/** The name of the API server in every cluster, as its certificate has it. */
const serviceName = "kubernetes.default.svc";

/**
 * Makes a configuration of the service account of the pod.
 *
 * The API server is addressed by `KUBERNETES_SERVICE_HOST`, as in client-go,
 * where Deno may connect to it, and by the name `kubernetes.default.svc` where
 * not: an address cannot be named by a flag before the pod runs.
 *
 * Needs `--allow-read=/var/run/secrets/kubernetes.io/serviceaccount` and
 * `--allow-net=kubernetes.default.svc:443`.
 *
 * @example Use the service account, in a pod
 * ```ts
 * import { ConfigError } from "@koprs/koprs/core";
 * import { loadInCluster } from "./in_cluster.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => loadInCluster({ folder: "/none" }), ConfigError);
 * ```
 *
 * @param options Where the files are.
 * @returns The configuration.
 * @throws {ConfigError} If this is no pod, or its files cannot be read.
 */
export async function loadInCluster(
  options: InClusterOptions = {},
): Promise<ClientConfig> {
  const { folder = serviceAccountFolder, clock } = options;
  const env = quiet(options.env ?? Deno.env.get);
  const account = new KubeconfigSection(
    { "certificate-authority": "ca.crt" },
    { name: "the service account", file: folder, folder },
  );
  const server = serverOf(env);
  const reloadTls = async (): Promise<TlsConfig> => {
    const ca = await readPem(account, {
      data: "certificate-authority-data",
      file: "certificate-authority",
      label: "CERTIFICATE",
    });
    return ca === undefined ? {} : { caCerts: [ca] };
  };
  try {
    return {
      server,
      namespace: await readNamespace(`${folder}/namespace`),
      tls: await reloadTls(),
      reloadTls,
      credentials: tokenFile(`${folder}/token`, { clock }),
      source: `the service account ${folder}`,
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw permissionError("Cannot read the service account of this pod", [
      { name: "read", path: folder },
      { name: "net", host: netHostOf(server) },
    ]);
  }
}

/**
 * Whether this program runs in a pod with a service account.
 *
 * @example Ask
 * ```ts
 * import { isInCluster } from "./in_cluster.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const env = () => undefined;
 * assertEquals(await isInCluster({ folder: "/none", env }), false);
 * ```
 *
 * @param options Where to look.
 * @returns Whether it does; `false` where Deno may not look.
 */
export async function isInCluster(
  options: InClusterOptions = {},
): Promise<boolean> {
  const { folder = serviceAccountFolder, env = Deno.env.get } = options;
  try {
    return Boolean(env("KUBERNETES_SERVICE_HOST"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
  try {
    await Deno.stat(`${folder}/token`);
    return true;
  } catch {
    return false;
  }
}

type Env = (name: string) => string | undefined;

/** What may not be read counts as not there. */
function quiet(env: Env): Env {
  return (name) => {
    try {
      return env(name) || undefined;
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) return undefined;
      throw error;
    }
  };
}

function serverOf(env: Env): string {
  const host = env("KUBERNETES_SERVICE_HOST");
  const port = env("KUBERNETES_SERVICE_PORT") ?? "443";
  const byName = `https://${serviceName}`;
  if (host === undefined) return byName;
  const byHost = URL.parse(
    `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
  );
  if (byHost === null) {
    throw new ConfigError(
      `Cannot use the service account of this pod: ` +
        `KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address`,
    );
  }
  return isAllowed(byHost.origin) ? byHost.origin : byName;
}

function isAllowed(origin: string): boolean {
  const host = netHostOf(origin);
  return Deno.permissions.querySync({ name: "net", host }).state === "granted";
}

async function readNamespace(path: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(path)).trim() || undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
