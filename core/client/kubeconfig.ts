import type { Clock } from "../timing/clock.ts";
import type { ClientConfig, TlsConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { folderOf } from "./file_path.ts";
import { readCluster, readClusterTls } from "./kubeconfig_cluster.ts";
import { type Kubeconfig, parseKubeconfigFile } from "./kubeconfig_file.ts";
import { mergeKubeconfigs } from "./kubeconfig_merge.ts";
import { requestPermissions } from "./kubeconfig_permissions.ts";
import { isOpenToAll } from "./server_origin.ts";
import { KubeconfigSection } from "./kubeconfig_section.ts";
import {
  readClientCertificate,
  readCredentials,
  readImpersonation,
} from "./kubeconfig_user.ts";
import { permissionError } from "./permissions.ts";

/** Options of {@linkcode loadKubeconfig} and {@linkcode parseKubeconfig}. */
export interface KubeconfigOptions {
  /**
   * The context to use.
   *
   * @default {undefined} the current context
   */
  readonly context?: string | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Makes a configuration of kubeconfig files, merged by the rules of kubectl.
 *
 * Needs `--allow-read` for the files and those they name, and
 * `--allow-run=<command>` for a credential plugin; all that lacks is named at
 * once. Where a cluster has `tls-server-name` or `insecure-skip-tls-verify`,
 * which Deno's `fetch` cannot do, Node's modules open the connections; exec,
 * attach and port-forward then need
 * `--allow-env=WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE`.
 *
 * @example Load a file
 * ```ts
 * import { loadKubeconfig } from "./kubeconfig.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, `
 * clusters: [{ name: dev, cluster: { server: "https://10.0.0.1:6443" } }]
 * contexts: [{ name: dev, context: { cluster: dev, namespace: web } }]
 * current-context: dev
 * `);
 * const { server, namespace } = await loadKubeconfig([path]);
 * assertEquals([server, namespace], ["https://10.0.0.1:6443", "web"]);
 * await Deno.remove(path);
 * ```
 *
 * @param paths The files, the most important first; missing ones are passed
 *   over if one is there.
 * @param options The context.
 * @returns The configuration.
 * @throws {ConfigError} If it cannot be read or used.
 */
export async function loadKubeconfig(
  paths: readonly string[],
  options: KubeconfigOptions = {},
): Promise<ClientConfig> {
  const kubeconfigs: Kubeconfig[] = [];
  for (const file of new Set(paths)) {
    const text = await readKubeconfig(file, paths);
    if (text === undefined) continue;
    const folder = folderOf(file);
    kubeconfigs.push(await parseKubeconfigFile(text, { file, folder }));
  }
  if (kubeconfigs.length === 0) {
    throw new ConfigError(
      `Cannot load kubeconfig ${paths.join(", ")}: there is no such file, ` +
        `check the path`,
    );
  }
  return await configOf(mergeKubeconfigs(kubeconfigs), options);
}

/**
 * Makes a configuration of the text of a kubeconfig.
 *
 * @example Parse a text
 * ```ts
 * import { parseKubeconfig } from "./kubeconfig.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { server } = await parseKubeconfig(`
 * clusters: [{ name: dev, cluster: { server: "https://10.0.0.1:6443" } }]
 * contexts: [{ name: dev, context: { cluster: dev } }]
 * current-context: dev
 * `);
 * assertEquals(server, "https://10.0.0.1:6443");
 * ```
 *
 * @param text The text, YAML or JSON; relative paths in it start from the
 *   current folder.
 * @param options The context.
 * @returns The configuration.
 * @throws {ConfigError} If it cannot be used; it is never quoted.
 */
export async function parseKubeconfig(
  text: string,
  options: KubeconfigOptions = {},
): Promise<ClientConfig> {
  const place = { file: "the given text", folder: "" };
  return await configOf(await parseKubeconfigFile(text, place), options);
}

async function readKubeconfig(
  path: string,
  paths: readonly string[],
): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotCapable) {
      throw permissionError(
        `Cannot read kubeconfig ${path}`,
        paths.map((path) => ({ name: "read", path })),
      );
    }
    throw new ConfigError(
      `Cannot read kubeconfig ${path}: the system refuses it`,
    );
  }
}

async function configOf(
  kubeconfig: Kubeconfig,
  { context: asked, clock }: KubeconfigOptions,
): Promise<ClientConfig> {
  const files = kubeconfig.files.join(", ");
  const name = asked ?? kubeconfig.currentContext;
  if (name === undefined) {
    throw new ConfigError(
      `Cannot use kubeconfig ${files}: it has no current context, ` +
        `choose one of ${listOf(kubeconfig.contexts)}`,
    );
  }
  const context = kubeconfig.contexts.get(name);
  if (context === undefined) {
    throw new ConfigError(
      `Cannot use context "${name}" of kubeconfig ${files}: ` +
        `there is none, only ${listOf(kubeconfig.contexts)}`,
    );
  }
  const cluster = named(context, { kubeconfig, field: "cluster" });
  const user = named(context, { kubeconfig, field: "user" });
  requestPermissions({ cluster, user });
  const reloadTls = async (): Promise<TlsConfig> => ({
    ...await readClusterTls(cluster),
    ...await readClientCertificate(user),
  });
  const tls = await reloadTls();
  const credentials = readCredentials(user, { cluster, tls, clock });
  const config = {
    ...readCluster(cluster),
    namespace: context.text("namespace"),
    tls,
    reloadTls,
    credentials,
    impersonate: readImpersonation(user),
    source: `context "${name}" of ${context.file}`,
  };
  if (credentials !== undefined && isOpenToAll(config.server)) {
    throw cluster.failure(
      `credentials would go over plain http, "server" needs https`,
    );
  }
  return config;
}

/** The cluster or user of a context; no user is an anonymous one. */
function named(
  context: KubeconfigSection,
  { kubeconfig, field }: {
    kubeconfig: Kubeconfig;
    field: "cluster" | "user";
  },
): KubeconfigSection {
  const all = field === "user" ? kubeconfig.users : kubeconfig.clusters;
  const name = context.text(field);
  if (name === undefined && field === "user") {
    const { file, folder } = context;
    return new KubeconfigSection({}, { name: "no user", file, folder });
  }
  const section = all.get(name ?? "");
  if (section !== undefined) return section;
  throw context.failure(
    `there is no ${field} "${name ?? ""}", only ${listOf(all)}`,
  );
}

function listOf(sections: ReadonlyMap<string, unknown>): string {
  if (sections.size === 0) return "none at all";
  return [...sections.keys()].map((name) => `"${name}"`).join(", ");
}
