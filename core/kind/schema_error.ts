/** Options of a {@linkcode SchemaError}. */
export interface SchemaErrorOptions extends ErrorOptions {
  /**
   * The kind whose schema it is.
   *
   * @default {undefined} Not known where the error arose.
   */
  readonly kind?: string;
}

/**
 * Says why a schema cannot become a Kubernetes schema, and where.
 *
 * @example Read the place
 * ```ts
 * import { SchemaError } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new SchemaError("spec.ports[]", "Kubernetes has no tuples", {
 *   kind: "Greeting",
 * });
 * assertEquals(error.path, "spec.ports[]");
 * assertEquals(
 *   error.message,
 *   'Cannot use the schema of "Greeting" at "spec.ports[]": ' +
 *     "Kubernetes has no tuples",
 * );
 * ```
 */
export class SchemaError extends Error {
  /** Always `"SchemaError"`. */
  override readonly name = "SchemaError";
  /** Where, as `spec.ports[].name`; `*` stands for any key of a map. */
  readonly path: string;
  /** Why, and what to do about it. */
  readonly reason: string;
  /** The kind whose schema it is, where it is known. */
  readonly kind: string | undefined;

  /**
   * Makes the error.
   *
   * @param path Where, as `spec.ports[].name`.
   * @param reason Why, and what to do about it.
   * @param options The kind, and the cause if there is one.
   */
  constructor(path: string, reason: string, options: SchemaErrorOptions = {}) {
    const { kind, ...rest } = options;
    const owner = kind === undefined ? "" : ` of "${kind}"`;
    super(`Cannot use the schema${owner} at "${path}": ${reason}`, rest);
    this.path = path;
    this.reason = reason;
    this.kind = kind;
  }
}
