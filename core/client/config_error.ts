/**
 * Says what is wrong with the configuration of a client, and what to do.
 *
 * Such an error is for the person who starts the program: its `stack` is the
 * message alone, so that an uncaught one prints a single line.
 *
 * @example Tell configuration mistakes from others
 * ```ts
 * import { ConfigError, loadConfig } from "@koprs/koprs/core";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => loadConfig({ kubeconfig: "/no/such/file" }),
 *   ConfigError,
 *   "/no/such/file",
 * );
 * ```
 */
export class ConfigError extends Error {
  /** The name of the class. */
  override readonly name = "ConfigError";

  /**
   * Makes an error without a stack trace.
   *
   * @param message What is wrong, where, and what to do.
   * @param options The cause, which must not hold secrets.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.stack = `ConfigError: ${message}`;
  }
}
