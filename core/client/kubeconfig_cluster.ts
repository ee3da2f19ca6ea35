import type { ClientConfig, TlsConfig } from "./config.ts";
import { readPem } from "./kubeconfig_pem.ts";
import type { KubeconfigSection } from "./kubeconfig_section.ts";

/** What a kubeconfig says about an API server. */
export type ClusterConfig = Pick<ClientConfig, "server" | "proxyUrl">;

/**
 * Reads where an API server is.
 *
 * @example Read the server
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readCluster } from "./kubeconfig_cluster.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cluster = new KubeconfigSection({ server: "https://10.0.0.1:6443" }, {
 *   name: 'cluster "dev"',
 *   file: "config",
 *   folder: "",
 * });
 * assertEquals(readCluster(cluster).server, "https://10.0.0.1:6443");
 * ```
 *
 * @param cluster The section of the cluster.
 * @returns The server, and the proxy before it.
 * @throws {ConfigError} If a URL is none.
 */
export function readCluster(cluster: KubeconfigSection): ClusterConfig {
  const server = cluster.text("server");
  const proxyUrl = cluster.text("proxy-url");
  if (server === undefined || !isUrl(server, /^https?:$/)) {
    throw cluster.failure(
      `"server" needs a URL that starts with https:// or http://`,
    );
  }
  if (proxyUrl === undefined) return { server };
  if (!isUrl(proxyUrl, /^(?:https?|socks5h?):$/)) {
    throw cluster.failure(
      `"proxy-url" needs a URL that starts with ` +
        `http://, https:// or socks5://`,
    );
  }
  return { server, proxyUrl };
}

/**
 * Reads how an API server proves its identity.
 *
 * @example Read a name
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readClusterTls } from "./kubeconfig_cluster.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cluster = new KubeconfigSection({ "tls-server-name": "kubernetes" }, {
 *   name: 'cluster "dev"',
 *   file: "config",
 *   folder: "",
 * });
 * const { serverName } = await readClusterTls(cluster);
 * assertEquals(serverName, "kubernetes");
 * ```
 *
 * @param cluster The section of the cluster.
 * @returns The settings, certificates read from their files.
 * @throws {ConfigError} If the certificate authority cannot be read, or the
 *   server shall not be checked in spite of it.
 */
export async function readClusterTls(
  cluster: KubeconfigSection,
): Promise<TlsConfig> {
  const ca = await readPem(cluster, {
    data: "certificate-authority-data",
    file: "certificate-authority",
    label: "CERTIFICATE",
  });
  const serverName = cluster.text("tls-server-name");
  const insecureSkipVerify = cluster.flag("insecure-skip-tls-verify");
  if (insecureSkipVerify && ca !== undefined) {
    // As in client-go, transport/transport.go.
    throw cluster.failure(
      `"insecure-skip-tls-verify" and a certificate authority exclude each ` +
        `other, leave out one of them`,
    );
  }
  return {
    ...ca !== undefined && { caCerts: [ca] },
    ...serverName !== undefined && { serverName },
    ...insecureSkipVerify && { insecureSkipVerify },
  };
}

function isUrl(text: string, protocol: RegExp): boolean {
  return protocol.test(URL.parse(text)?.protocol ?? "");
}
