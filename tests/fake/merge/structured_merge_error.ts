/** An object does not fit its schema so far that it cannot be merged. */
export class StructuredMergeError extends Error {
  /** Name of the class. */
  override readonly name: string = "StructuredMergeError";
}
