import type { TlsConfig } from "./config.ts";
import type { ExecPlugin } from "./exec_plugin.ts";
import { resolvePath } from "./file_path.ts";
import type { KubeconfigSection } from "./kubeconfig_section.ts";

const group = "client.authentication.k8s.io";

/**
 * Reads the `exec` section of a user.
 *
 * @example Read a plugin
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readExecPlugin } from "./kubeconfig_exec.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { name: "exec", file: "/home/me/.kube/config", folder: "/home/me/.kube" };
 * const { command } = readExecPlugin(
 *   new KubeconfigSection({
 *     apiVersion: "client.authentication.k8s.io/v1",
 *     command: "./login",
 *   }, place),
 *   { cluster: new KubeconfigSection({}, place), tls: {} },
 * );
 * assertEquals(command, "/home/me/.kube/./login");
 * ```
 *
 * @param exec The section.
 * @param options The cluster, for plugins that want to know it.
 * @returns The plugin.
 * @throws {ConfigError} If it needs a terminal or another protocol.
 */
export function readExecPlugin(
  exec: KubeconfigSection,
  options: { readonly cluster: KubeconfigSection; readonly tls: TlsConfig },
): ExecPlugin {
  const apiVersion = exec.text("apiVersion");
  const command = exec.text("command");
  if (apiVersion !== `${group}/v1` && apiVersion !== `${group}/v1beta1`) {
    throw exec.failure(
      `"apiVersion" needs to be ${group}/v1 or ${group}/v1beta1`,
    );
  }
  if (command === undefined) throw exec.failure(`it has no "command"`);
  if (exec.text("interactiveMode") === "Always") {
    throw exec.failure(
      `"interactiveMode" is Always, and there is no terminal to ask at`,
    );
  }
  const env: [string, string][] = [];
  for (const variable of exec.sections("env")) {
    const name = variable.text("name");
    if (name !== undefined) env.push([name, variable.text("value") ?? ""]);
  }
  return {
    apiVersion,
    // A name alone is looked for in PATH.
    command: /[/\\]/.test(command)
      ? resolvePath(exec.folder, command)
      : command,
    args: exec.texts("args"),
    env: Object.fromEntries(env),
    cluster: exec.flag("provideClusterInfo") ? clusterInfo(options) : undefined,
    installHint: exec.text("installHint"),
    source: exec.file,
  };
}

/** The `Cluster` of the ExecCredential protocol. */
function clusterInfo(
  { cluster, tls }: {
    readonly cluster: KubeconfigSection;
    readonly tls: TlsConfig;
  },
): Readonly<Record<string, unknown>> {
  const config = cluster.sections("extensions")
    .find((extension) => extension.text("name") === `${group}/exec`)
    ?.raw("extension");
  const ca = tls.caCerts?.join("\n");
  return {
    server: cluster.text("server"),
    "tls-server-name": tls.serverName,
    "insecure-skip-tls-verify": tls.insecureSkipVerify,
    "certificate-authority-data": ca && new TextEncoder().encode(ca).toBase64(),
    "proxy-url": cluster.text("proxy-url"),
    config,
  };
}
