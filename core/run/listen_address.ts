/** Where a server listens. */
export interface ListenAddress {
  /** The port; 0 is any free one. */
  readonly port: number;
  /**
   * The address; `"::"` is all of IPv6, and of IPv4 on most systems.
   *
   * @default "0.0.0.0"
   */
  readonly hostname?: string;
}

/**
 * Writes an address as Deno's permission flags do.
 *
 * @example Write an address
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatAddress({ port: 8080 }), "0.0.0.0:8080");
 * assertEquals(formatAddress({ port: 80, hostname: "::1" }), "[::1]:80");
 * ```
 *
 * @param address The address.
 * @returns `"host:port"`.
 */
export function formatAddress(address: ListenAddress): string {
  const { port, hostname = "0.0.0.0" } = address;
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}
