import { resolvePath } from "./file_path.ts";
import { readCluster } from "./kubeconfig_cluster.ts";
import { readExecPlugin } from "./kubeconfig_exec.ts";
import type { KubeconfigSection } from "./kubeconfig_section.ts";
import { permissionError } from "./permissions.ts";
import { netHostOf } from "./server_origin.ts";

/** What a context is made of. */
export interface ContextSections {
  /** The section of the cluster. */
  readonly cluster: KubeconfigSection;
  /** The section of the user. */
  readonly user: KubeconfigSection;
}

/**
 * Makes sure that Deno may read and run what a context names: who starts the
 * program is asked where Deno asks, and else told of all that lacks at once.
 *
 * @example Name what lacks
 * ```ts
 * import { requestPermissions } from "./kubeconfig_permissions.ts";
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 *
 * const place = { name: 'cluster "dev"', file: "config", folder: "" };
 * const server = "https://10.0.0.1:6443";
 * requestPermissions({
 *   cluster: new KubeconfigSection({ server }, place),
 *   user: new KubeconfigSection({ token: "abc" }, place),
 * }); // nothing is read or run
 * ```
 *
 * @param sections The cluster and the user.
 * @throws {ConfigError} If a permission lacks; names those for the network,
 *   too. Or if a plugin cannot be used.
 */
export function requestPermissions({ cluster, user }: ContextSections): void {
  const needed = [
    ...filesOf(cluster, ["certificate-authority"]),
    ...filesOf(user, ["client-certificate", "client-key", "tokenFile"]),
    ...commandsOf({ cluster, user }),
  ];
  if (needed.every(isGranted)) return;
  throw permissionError(`Cannot use ${user.name} of ${user.file}`, [
    ...needed,
    ...hostsOf(cluster),
  ]);
}

function filesOf(
  section: KubeconfigSection,
  fields: readonly string[],
): Deno.PermissionDescriptor[] {
  return fields.flatMap((field): Deno.PermissionDescriptor[] => {
    const path = section.text(field);
    return path === undefined || section.text(`${field}-data`) !== undefined
      ? []
      : [{ name: "read", path: resolvePath(section.folder, path) }];
  });
}

/** A plugin is run for want of anything else. */
function commandsOf(
  { cluster, user }: ContextSections,
): Deno.PermissionDescriptor[] {
  const others = ["tokenFile", "token", "username"];
  const exec = user.section("exec");
  if (exec === undefined || others.some((field) => user.text(field))) return [];
  const { command } = readExecPlugin(exec, { cluster, tls: {} });
  return [{ name: "run", command }];
}

function hostsOf(cluster: KubeconfigSection): Deno.PermissionDescriptor[] {
  const { server, proxyUrl } = readCluster(cluster);
  return [server, ...proxyUrl === undefined ? [] : [proxyUrl]]
    .map((url) => ({ name: "net", host: netHostOf(url) }));
}

function isGranted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.requestSync(permission).state === "granted";
}
