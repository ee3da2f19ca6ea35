/**
 * A schema that validates and describes itself: Standard Schema with Standard JSON Schema.
 *
 * zod ≥ 4.2 and ArkType ≥ 2.2 are this; Valibot is with `toStandardJsonSchema`.
 *
 * @typeParam Output The type of a value after validation.
 * @typeParam Input The type of a value before it.
 */
export interface Schema<Output = unknown, Input = unknown> {
  /** The standard's one property. */
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?:
      | { readonly input: Input; readonly output: Output }
      | undefined;
    readonly validate: (
      value: unknown,
    ) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly jsonSchema: {
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
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
  /** Where. */
  readonly path?:
    | readonly (PropertyKey | { readonly key: PropertyKey })[]
    | undefined;
}

/**
 * Makes a schema from a JSON Schema; the API server validates, this does not.
 *
 * @typeParam T The type of the values.
 * @param schema The JSON Schema.
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
