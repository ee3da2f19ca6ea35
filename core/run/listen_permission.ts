import { ConfigError } from "../client/config_error.ts";
import { formatAddress, type ListenAddress } from "./listen_address.ts";

/**
 * Makes sure that the program may listen on addresses: asks at a terminal
 * where Deno is allowed to ask, and otherwise names the missing flag.
 *
 * @example Check before listening
 * ```ts
 *
 * await requireListen([]); // nothing to ask for
 * ```
 *
 * @param addresses Where the program will listen.
 * @throws {ConfigError} If it may not; names the flag for all addresses.
 */
export async function requireListen(
  addresses: readonly ListenAddress[],
): Promise<void> {
  const missing: string[] = [];
  for (const host of new Set(addresses.map(formatAddress))) {
    const { state } = await Deno.permissions.request({ name: "net", host });
    if (state !== "granted") missing.push(host);
  }
  if (missing.length === 0) return;
  throw new ConfigError(
    `Cannot listen on ${missing.join(" and ")}: ` +
      `run Deno with --allow-net=${missing.join(",")}`,
  );
}
