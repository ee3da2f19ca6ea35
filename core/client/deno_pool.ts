import type {
  ConnectionPool,
  ConnectionPoolOptions,
} from "./connection_pool.ts";
import { openSocket } from "./web_socket.ts";

/**
 * Makes a pool of connections that Deno opens.
 *
 * @example Make one and close it
 * ```ts
 * import { denoPool } from "./deno_pool.ts";
 * import { assert } from "@std/assert";
 *
 * const pool = denoPool({ tls: {}, origin: "https://10.0.0.1:6443" });
 * assert(pool.client instanceof Deno.HttpClient);
 * pool.close();
 * ```
 *
 * @param options Certificates and proxy.
 * @returns The pool; nothing is opened yet.
 * @throws {Error} If a certificate or key cannot be used.
 */
export function denoPool(
  { tls: { caCerts, cert, key }, proxyUrl }: ConnectionPoolOptions,
): ConnectionPool {
  const client = Deno.createHttpClient({
    http2: false,
    ...caCerts !== undefined && { caCerts: [...caCerts] },
    ...cert !== undefined && key !== undefined && { cert, key },
    ...proxyUrl !== undefined && { proxy: proxyOf(proxyUrl) },
  });
  return {
    client,
    fetch,
    openSocket: (url, options) => openSocket(url, { ...options, client }),
    close: () => client.close(),
  };
}

/** Deno wants user and password beside the URL. */
function proxyOf(proxyUrl: string): Deno.Proxy {
  const url = new URL(proxyUrl);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const basicAuth = {
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  return { url: url.href, ...username !== "" && { basicAuth } };
}
