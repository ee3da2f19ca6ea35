/**
 * Says that something did not happen in time.
 *
 * Its `cause`, if it has one, is the last failure on the way.
 *
 * @example Tell a timeout from other errors
 * ```ts
 * import { TimeoutError } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new TimeoutError("Cannot wait for breakfast");
 * assertEquals(error.name, "TimeoutError");
 * ```
 */
export class TimeoutError extends Error {
  /** The name of the class, and of the platform's own timeouts. */
  override readonly name = "TimeoutError";
}
