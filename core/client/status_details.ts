/** One cause in the details of a failure. */
export interface StatusCause {
  /** Machine-readable reason, such as `"FieldValueInvalid"`. */
  readonly reason?: string;
  /** What is wrong, for people. */
  readonly message?: string;
  /** The field, such as `"spec.replicas"`. */
  readonly field?: string;
}

/** What a failure says about the object it concerns. */
export interface StatusDetails {
  /** Name of the object. */
  readonly name?: string;
  /** API group of the object. */
  readonly group?: string;
  /** Plural resource name, or the kind for validation failures. */
  readonly kind?: string;
  /** UID of the object. */
  readonly uid?: string;
  /** What led to the failure. */
  readonly causes?: readonly StatusCause[];
  /** How long to wait before the next try, in seconds. */
  readonly retryAfterSeconds?: number;
}

/** A field that another manager owns. */
export interface ApplyConflict {
  /** The field, as `".spec.replicas"`. */
  readonly field: string;
  /** The field manager that owns it. */
  readonly manager: string;
}

/**
 * Finds the field conflicts in the details of a refused apply.
 *
 * structured-merge-diff words them as `conflict with "kubectl" using v1`.
 *
 * @example Find out who owns a field
 * ```ts
 * import { applyConflicts } from "./status_details.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [conflict] = applyConflicts({
 *   causes: [{
 *     reason: "FieldManagerConflict",
 *     message: 'conflict with "kubectl" using v1',
 *     field: ".data.key",
 *   }],
 * });
 * assertEquals(conflict, { field: ".data.key", manager: "kubectl" });
 * ```
 *
 * @param details The details of the failure.
 * @returns The conflicts; none if the failure is another.
 */
export function applyConflicts(
  details: StatusDetails | undefined,
): readonly ApplyConflict[] {
  return (details?.causes ?? [])
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ field = "", message = "" }) => {
      const quoted = /^conflict with "((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
      return { field, manager: quoted?.replace(/\\(.)/g, "$1") ?? "" };
    });
}
