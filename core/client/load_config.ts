import type { Clock } from "../timing/clock.ts";
import type { ClientConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import {
  isInCluster,
  loadInCluster,
  serviceAccountFolder,
} from "./in_cluster.ts";
import { allowFlags } from "./permissions.ts";

/** Options of {@linkcode loadConfig}. */
export interface LoadConfigOptions {
  /**
   * The kubeconfig to use, and nothing else.
   *
   * @default {undefined} the first configuration that is found
   */
  readonly kubeconfig?: string | undefined;
  /**
   * The context of the kubeconfig to use.
   *
   * @default {undefined} the current context
   */
  readonly context?: string | undefined;
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

/**
 * Finds out which API server to talk to, and as whom.
 *
 * Looks, as controller-runtime does, at the files that `KUBECONFIG` names,
 * then for the service account of a pod, then at `~/.kube/config`.
 *
 * In a pod it needs `--allow-read=/var/run/secrets/kubernetes.io/serviceaccount`
 * and `--allow-net=kubernetes.default.svc:443`; elsewhere
 * `--allow-env=KUBECONFIG,HOME`, `--allow-read` for the kubeconfig and the
 * files it names, `--allow-net` for the API server, and `--allow-run` for a
 * credential plugin.
 *
 * @example Load a kubeconfig
 * ```ts
 * import { loadConfig } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, `
 * clusters: [{ name: dev, cluster: { server: "https://10.0.0.1:6443" } }]
 * contexts: [{ name: dev, context: { cluster: dev } }]
 * current-context: dev
 * `);
 * const { server } = await loadConfig({ kubeconfig: path });
 * assertEquals(server, "https://10.0.0.1:6443");
 * await Deno.remove(path);
 * ```
 *
 * @param options Which kubeconfig and context.
 * @returns The configuration, for `new Client(…)`.
 * @throws {ConfigError} If there is none, or it cannot be used.
 */
export async function loadConfig(
  options: LoadConfigOptions = {},
): Promise<ClientConfig> {
  if (options.kubeconfig !== undefined) {
    return await kubeconfig([options.kubeconfig], options);
  }
  const env = new Environment(options.env ?? Deno.env.get);
  const list = env.get("KUBECONFIG")?.split(listSeparator)
    .filter((path) => path !== "") ?? [];
  if (list.length > 0) return await kubeconfig(list, options);
  if (await isInCluster(options)) return await loadInCluster(options);
  const home = env.get(Deno.build.os === "windows" ? "USERPROFILE" : "HOME");
  // Unread variables may name another cluster than the file at home does.
  if (env.denied.length > 0) throw denied(env.denied);
  const path = home === undefined ? undefined : `${home}/.kube/config`;
  if (path !== undefined && await exists(path)) {
    return await kubeconfig([path], options);
  }
  throw new ConfigError(
    `Cannot find an API server: KUBECONFIG is not set, this is no pod ` +
      `(KUBERNETES_SERVICE_HOST is not set), and ` +
      `${path ?? "~/.kube/config"} does not exist, set KUBECONFIG`,
  );
}

const listSeparator = Deno.build.os === "windows" ? ";" : ":";

/** Loaded only where needed: a pod has no use for a YAML parser. */
async function kubeconfig(
  paths: readonly string[],
  options: LoadConfigOptions,
): Promise<ClientConfig> {
  const { loadKubeconfig } = await import("./kubeconfig.ts");
  return await loadKubeconfig(paths, options);
}

/** Reads variables, and notes those it may not read. */
class Environment {
  readonly denied: Deno.PermissionDescriptor[] = [];
  readonly #env: (name: string) => string | undefined;

  constructor(env: (name: string) => string | undefined) {
    this.#env = env;
  }

  get(variable: string): string | undefined {
    try {
      return this.#env(variable) || undefined;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
      this.denied.push({ name: "env", variable });
      return undefined;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    // Whatever else is wrong with it is told by whoever reads it.
    return !(error instanceof Deno.errors.NotFound);
  }
}

function denied(missing: readonly Deno.PermissionDescriptor[]): ConfigError {
  const home = Deno.build.os === "windows" ? "%USERPROFILE%" : "$HOME";
  const kubeconfig = allowFlags([
    ...missing,
    { name: "read", path: `${home}/.kube` },
  ]);
  const pod = allowFlags([
    { name: "read", path: serviceAccountFolder },
    { name: "net", host: "kubernetes.default.svc:443" },
  ]);
  return new ConfigError(
    `Cannot find an API server: Deno lacks permissions, ` +
      `start it with ${kubeconfig}, or in a pod with ${pod}`,
  );
}
