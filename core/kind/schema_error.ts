/**
 * Says why a schema cannot become a Kubernetes schema, and where.
 *
 * @example Read the place
 * ```ts
 * import { SchemaError } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new SchemaError("spec.ports[]", "Kubernetes has no tuples");
 * assertEquals(error.path, "spec.ports[]");
 * assertEquals(
 *   error.message,
 *   'Cannot use the schema at "spec.ports[]": Kubernetes has no tuples',
 * );
 * ```
 */
export class SchemaError extends Error {
  /** Always `"SchemaError"`. */
  override readonly name = "SchemaError";
  /** Where, as `spec.ports[].name`; `*` stands for any key of a map. */
  readonly path: string;

  /**
   * Makes the error.
   *
   * @param path Where, as `spec.ports[].name`.
   * @param reason Why, and what to do about it.
   * @param options The cause, if there is one.
   */
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`Cannot use the schema at "${path}": ${reason}`, options);
    this.path = path;
  }
}
