import { lookup } from "node:dns/promises";
import { permissionError } from "../core/client/permissions.ts";
import { untilAborted } from "../core/client/until_aborted.ts";

/**
 * Looks up the addresses of a host.
 *
 * @param host Its name.
 * @param options What ends the wait.
 * @returns Its addresses; none if the name is unknown.
 */
export type LookUpHost = (
  host: string,
  options: { readonly signal: AbortSignal },
) => Promise<readonly string[]>;

/**
 * Looks up the addresses of a host as `fetch` does: by the resolver of the
 * system, `/etc/hosts` and search domains included.
 *
 * Needs `--allow-net` for the host, which `fetch` needs as well.
 *
 * @example Look up
 * ```ts
 * import { hostAddresses } from "./host_addresses.ts";
 * import { assert } from "@std/assert";
 *
 * const { signal } = new AbortController();
 * const addresses = await hostAddresses("localhost", { signal });
 * assert(addresses.includes("127.0.0.1") || addresses.includes("::1"));
 * ```
 *
 * @param host Its name.
 * @param options What ends the wait.
 * @returns Its addresses; none if the name is unknown.
 * @throws {ConfigError} If Deno may not look it up.
 */
export const hostAddresses: LookUpHost = async (host, { signal }) => {
  try {
    const found = await untilAborted(lookup(host, { all: true }), signal);
    return found.map(({ address }) => address);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof Error && "code" in error && error.code === "EPERM") {
      throw permissionError(`Cannot look up ${host}`, [{ name: "net", host }]);
    }
    return [];
  }
};
