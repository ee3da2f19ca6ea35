/**
 * Says that this process does not lead (any more), and must not act as if.
 *
 * @example Recognize it
 * ```ts
 * import { NotLeaderError } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new NotLeaderError("Lost Lease default/operator: it is gone");
 * assertEquals(error.name, "NotLeaderError");
 * ```
 */
export class NotLeaderError extends Error {
  /** The name of the class. */
  override readonly name = "NotLeaderError";
}
