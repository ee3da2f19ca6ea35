import type { SchemaResult } from "../core/kind/schema.ts";

/**
 * A schema that validates: Standard Schema, as zod, ArkType and Valibot are.
 *
 * @typeParam T The type of a valid value.
 */
export interface DocumentSchema<T> {
  /** The standard's one property. */
  readonly "~standard": DocumentStandard<T>;
}

/**
 * What Standard Schema asks of a schema.
 *
 * @typeParam T The type of a valid value.
 */
export interface DocumentStandard<T> {
  /** Version of the standard. */
  readonly version: 1;
  /** Name of the library. */
  readonly vendor: string;
  /** Judges a value. */
  readonly validate: (
    value: unknown,
  ) => SchemaResult<T> | Promise<SchemaResult<T>>;
  /** Carries the types; never read. */
  readonly types?:
    | { readonly input: unknown; readonly output: T }
    | undefined;
}

/**
 * Validates what came from outside.
 *
 * @example Tell where a value is wrong, not what it is
 * ```ts
 * import * as z from "zod";
 * import { validateDocument } from "./document_schema.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const flags = z.object({ color: z.string() });
 * await assertRejects(
 *   () => validateDocument(flags, { color: 7 }),
 *   TypeError,
 *   'it does not fit its schema at "color"',
 * );
 * ```
 *
 * @typeParam T The type of a valid value.
 * @param schema The schema.
 * @param value The value.
 * @returns The value, as the schema makes it.
 * @throws {TypeError} If it does not fit; the message has no part of it.
 */
export async function validateDocument<T>(
  schema: DocumentSchema<T>,
  value: unknown,
): Promise<T> {
  const result = await schema["~standard"].validate(value);
  if (result.issues === undefined) return result.value;
  const places = result.issues.slice(0, 3).map(({ path = [] }) =>
    `"${path.map(keyOf).join(".")}"`
  );
  throw new TypeError(`it does not fit its schema at ${places.join(", ")}`);
}

function keyOf(
  segment: PropertyKey | { readonly key: PropertyKey },
): string {
  const key = typeof segment === "object" ? segment.key : segment;
  return String(key).slice(0, 100);
}
