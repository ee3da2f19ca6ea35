import type { Duplex } from "node:stream";
import type { SecureContextOptions } from "node:tls";
import { ConnectionError } from "./connection_error.ts";
import { openSocksTunnel, type TunnelTarget } from "./socks_tunnel.ts";

/** How an HTTPS proxy is trusted. */
export interface ProxyTrust extends Pick<SecureContextOptions, "ca"> {
  /** Whether it must prove its identity. */
  readonly rejectUnauthorized: boolean;
}

/** Options of {@linkcode openTunnel}. */
export interface OpenTunnelOptions {
  /** Where the connection leads. */
  readonly target: TunnelTarget;
  /** How the proxy is trusted: as the server behind it. */
  readonly trust: ProxyTrust;
}

/**
 * Opens a connection through a proxy, for Node's modules.
 *
 * @param proxyUrl URL of an HTTP, HTTPS or SOCKS5 proxy; may hold user and
 *   password.
 * @param options Where the connection leads.
 * @returns The connection.
 * @throws {Error} If the proxy cannot be reached or refuses.
 */
export async function openTunnel(
  proxyUrl: string,
  options: OpenTunnelOptions,
): Promise<Duplex> {
  const proxy = new URL(proxyUrl);
  return proxy.protocol.startsWith("socks")
    ? await openSocksTunnel(proxy, options.target)
    : await throughHttp(proxy, options);
}

/** Asks with CONNECT (RFC 9110, section 9.3.6). */
async function throughHttp(
  { protocol, hostname, port, username, password }: URL,
  { target, trust }: OpenTunnelOptions,
): Promise<Duplex> {
  const { request } = protocol === "https:"
    ? await import("node:https")
    : await import("node:http");
  const host = target.host.includes(":") ? `[${target.host}]` : target.host;
  const path = `${host}:${target.port}`;
  const user = `${decodeURIComponent(username)}:${
    decodeURIComponent(password)
  }`;
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const sent = request({
    method: "CONNECT",
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port || (protocol === "https:" ? 443 : 80),
    path,
    headers: {
      host: path,
      ...username !== "" && {
        "proxy-authorization": `Basic ${
          new TextEncoder().encode(user).toBase64()
        }`,
      },
    },
    agent: false,
    timeout: 30_000,
    ...trust,
  });
  sent.on("timeout", () => sent.destroy(new Error("the proxy timed out")));
  sent.on("connect", ({ statusCode }, socket) => {
    socket.setTimeout(0);
    if (statusCode === 200) return resolve(socket);
    socket.destroy();
    reject(
      new ConnectionError(
        `Cannot reach https://${path}: its proxy answers ${statusCode}`,
        { kind: "other" },
      ),
    );
  });
  sent.on("error", reject);
  sent.end();
  return await promise;
}
