/**
 * A failure that a retry cannot mend, such as a wrong spec.
 *
 * Thrown by a reconciler, it is logged and counted as an error, but the object
 * is not queued again before it changes. As controller-runtime's `TerminalError`.
 *
 * @example Give up on a spec that cannot work
 * ```ts
 * import { TerminalError } from "@koprs/koprs/core";
 * import { assertThrows } from "@std/assert";
 *
 * function parseSchedule(text: string): number {
 *   const minutes = Number(text);
 *   if (minutes > 0) return minutes;
 *   throw new TerminalError(`Cannot read schedule "${text}": not in minutes`);
 * }
 *
 * assertThrows(() => parseSchedule("daily"), TerminalError, "daily");
 * ```
 */
export class TerminalError extends Error {
  /** The name of the class. */
  override readonly name = "TerminalError";

  /**
   * Makes an error.
   *
   * @param message What is wrong, where, and what to do about it.
   * @param options The cause, if there is one.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
