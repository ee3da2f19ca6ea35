/**
 * A schema that validates and describes itself: Standard Schema with Standard
 * JSON Schema.
 *
 * zod ≥ 4.2 and ArkType ≥ 2.2 are this; Valibot is with
 * `toStandardJsonSchema()` of `@valibot/to-json-schema`.
 * {@linkcode fromJsonSchema} makes one of any JSON Schema.
 *
 * @typeParam Output The type of a value after validation.
 * @typeParam Input The type of a value before it.
 */
export interface Schema<Output = unknown, Input = unknown> {
  /** The standard's one property. */
  readonly "~standard": StandardSchema<Output, Input>;
}

/**
 * What the standards ask of a schema.
 *
 * @typeParam Output The type of a value after validation.
 * @typeParam Input The type of a value before it.
 */
export interface StandardSchema<Output = unknown, Input = unknown> {
  /** Version of the standard. */
  readonly version: 1;
  /** Name of the library. */
  readonly vendor: string;
  /** Carries the types; never read. */
  readonly types?:
    | { readonly input: Input; readonly output: Output }
    | undefined;
  /** Judges a value. */
  readonly validate: (
    value: unknown,
  ) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
  /** Describes the values. */
  readonly jsonSchema: {
    /** Describes values before validation. */
    readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
    /** Describes values after validation. */
    readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
  };
}

/** Options of a conversion to JSON Schema. */
export interface JsonSchemaOptions {
  /** The one dialect all libraries speak. */
  readonly target: "draft-2020-12";
}

/**
 * What a validation says.
 *
 * @typeParam Output The type of a valid value.
 */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** One finding of a validation. */
export interface SchemaIssue {
  /** What is wrong. */
  readonly message: string;
  /**
   * Where.
   *
   * @default {undefined} The value as a whole.
   */
  readonly path?:
    | readonly (PropertyKey | { readonly key: PropertyKey })[]
    | undefined;
}

/**
 * Makes a schema of a JSON Schema; the API server validates, this does not.
 *
 * For libraries without Standard JSON Schema, and for schemas written by hand.
 *
 * @example A schema written by hand
 * ```ts
 * import { defineKind, fromJsonSchema } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const Greeting = defineKind({
 *   group: "example.io",
 *   version: "v1",
 *   kind: "Greeting",
 *   plural: "greetings",
 *   scope: "Namespaced",
 *   spec: fromJsonSchema<{ message: string }>({
 *     type: "object",
 *     required: ["message"],
 *     properties: { message: { type: "string" } },
 *   }),
 * });
 * assertEquals(Greeting.manifest.spec.names.kind, "Greeting");
 * ```
 *
 * @typeParam T The type of the values.
 * @param schema The JSON Schema (draft 2020-12).
 * @returns The schema.
 */
export function fromJsonSchema<T>(schema: object): Schema<T, T> {
  const copy = (): Record<string, unknown> => ({ ...structuredClone(schema) });
  return {
    "~standard": {
      version: 1,
      vendor: "koprs",
      validate: (value) => ({ value: value as T }), // the caller vouches for T
      jsonSchema: { input: copy, output: copy },
    },
  };
}
