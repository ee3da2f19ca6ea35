import { checkDefaults } from "./schema_defaults.ts";
import type { Schema } from "./schema.ts";
import { SchemaError } from "./schema_error.ts";
import type { JsonSchema } from "./schema_place.ts";

/**
 * Asks a schema for the JSON Schema of its input: what the API server stores.
 *
 * @param schema The schema.
 * @param path Where it stands, for errors, as `"spec"`.
 * @returns The JSON Schema (draft 2020-12).
 * @throws {SchemaError} If the library cannot say it, or a validated value has
 * members that the stored one may lack.
 */
export function inputSchema(schema: Schema, path: string): JsonSchema {
  const input = ask(schema, path, "input");
  checkDefaults(input, ask(schema, path, "output"), path);
  return input;
}

function ask(
  schema: Schema,
  path: string,
  side: "input" | "output",
): JsonSchema {
  // libraries without the standard get here past a type error
  const { jsonSchema }: Partial<Schema["~standard"]> = schema["~standard"];
  if (jsonSchema === undefined) {
    throw new SchemaError(
      path,
      `the schema of ${schema["~standard"].vendor} has no JSON Schema: use ` +
        `zod 4.2, ArkType 2.2, toStandardJsonSchema() of ` +
        `@valibot/to-json-schema or later ones, or fromJsonSchema()`,
    );
  }
  try {
    return jsonSchema[side]({ target: "draft-2020-12" });
  } catch (cause) {
    const reason = cause instanceof Error ? `: ${cause.message}` : "";
    const hint = side === "output"
      ? "; the API server stores values as written, so transforms do not work"
      : "";
    throw new SchemaError(
      path,
      `the library cannot describe its ${side}${reason}${hint}`,
      { cause },
    );
  }
}
