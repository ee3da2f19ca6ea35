/** Thrown by every assertion that does not hold. */
export class AssertionError extends Error {
  override readonly name: string = "AssertionError";
}
