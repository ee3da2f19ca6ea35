import type { Schema } from "./schema.ts";
import { SchemaError } from "./schema_error.ts";

/**
 * Asks a schema for the JSON Schema of its input: what the API server stores.
 *
 * @param schema The schema.
 * @param path Where it stands, for errors.
 * @returns The JSON Schema (draft 2020-12).
 * @throws {SchemaError} If the library cannot say it.
 */
export function inputSchema(
  schema: Schema,
  path: string,
): Record<string, unknown> {
  const { jsonSchema } = schema["~standard"];
  try {
    return jsonSchema.input({ target: "draft-2020-12" });
  } catch (error) {
    throw new SchemaError(path, "the library cannot describe it", {
      cause: error,
    });
  }
}
