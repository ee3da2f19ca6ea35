import { ConfigError } from "../client/config_error.ts";
import { formatAddress, type ListenAddress } from "./listen_address.ts";

/**
 * Calls a function that starts to listen, and says in one sentence why it
 * cannot.
 *
 * @example Name a busy port
 * ```ts
 * import { ConfigError } from "@koprs/koprs/core";
 * import { assertThrows } from "@std/assert";
 *
 * const start = () => {
 *   throw new Deno.errors.AddrInUse("os error 98");
 * };
 * assertThrows(() => listen({ port: 8080 }, start), ConfigError, "8080");
 * ```
 *
 * @typeParam R What the function returns.
 * @param address Where it listens.
 * @param start What starts to listen.
 * @returns What the function returned.
 * @throws {ConfigError} If the port is busy, the address is not of this
 * machine, or the system does not allow it.
 */
export function listen<R>(address: ListenAddress, start: () => R): R {
  try {
    return start();
  } catch (error) {
    const why = explain(address, error);
    if (why === undefined) throw error;
    const where = formatAddress(address);
    throw new ConfigError(`Cannot listen on ${where}: ${why}`);
  }
}

function explain(address: ListenAddress, error: unknown): string | undefined {
  if (error instanceof Deno.errors.AddrInUse) {
    return `port ${address.port} is in use; stop the process that uses it ` +
      `or choose another port`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return "this machine does not have that address; choose another hostname";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the system does not allow it; choose a port above 1023";
  }
  return undefined;
}
