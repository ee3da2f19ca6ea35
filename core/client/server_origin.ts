import type { ClientConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";

/**
 * The origin of an API server, which is all that messages name.
 *
 * @example Leave out the path
 * ```ts
 * import { originOf } from "./server_origin.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(originOf({ server: "https://proxy/c-1" }), "https://proxy");
 * ```
 *
 * @param config The configuration.
 * @returns Scheme, host, and a port other than the usual one.
 * @throws {ConfigError} If the server is no URL.
 */
export function originOf(
  { server, source }: Pick<ClientConfig, "server" | "source">,
): string {
  const url = URL.parse(server);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new ConfigError(
    `Cannot use the server of ${source ?? "the client"}: ` +
      `it needs a URL that starts with https:// or http://`,
  );
}

/**
 * The host of an origin in the form of `--allow-net`.
 *
 * @example Add the port
 * ```ts
 * import { netHostOf } from "./server_origin.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(netHostOf("https://10.0.0.1"), "10.0.0.1:443");
 * ```
 *
 * @param origin The origin.
 * @returns Host and port.
 */
export function netHostOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || PORTS[protocol] || "80"}`;
}

/** Where servers and proxies listen that do not say so. */
const PORTS: Readonly<Record<string, string>> = {
  "https:": "443",
  "socks5:": "1080",
  "socks5h:": "1080",
};

/**
 * Whether others can read what is sent to a server: it speaks plain HTTP, and
 * is not on this machine.
 *
 * @example Ask
 * ```ts
 * import { isOpenToAll } from "./server_origin.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isOpenToAll("http://10.0.0.1:8080"), true);
 * assertEquals(isOpenToAll("http://127.0.0.1:8001"), false);
 * ```
 *
 * @param server The URL of the server.
 * @returns Whether they can.
 */
export function isOpenToAll(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === "http:" &&
    !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
