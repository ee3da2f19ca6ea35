import { isObject } from "../merge/json_value.ts";
import { badRequest } from "../http/status_errors.ts";
import { goJsonError } from "../http/parse_body.ts";
import { jsonTypeName } from "../resource/go_type.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { readJsonPatch } from "./json_patch.ts";
import { mergePatch } from "./merge_patch.ts";
import { strategicMergePatch } from "./strategic_merge_patch.ts";

/** A type of patch that is not an apply. */
export type Patch = "json" | "merge" | "strategic";

/**
 * Reads a patch.
 *
 * @param type What kind of patch it is.
 * @param body Its text, and the schema of what it changes.
 * @returns Changes an object, without changing what it is given.
 * @throws {StatusError} 400 if it is none.
 */
export function readPatch(
  type: Patch,
  body: { readonly text: string; readonly schema: TypeSchema },
): (object: JsonObject) => JsonObject {
  const value = parse(body.text);
  if (type === "json") return readJsonPatch(value);
  if (value === null) throw badRequest("Invalid JSON Patch");
  if (!isObject(value)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${
        jsonTypeName(value)
      } into Go value of type map[string]interface {}`,
    );
  }
  if (type === "merge") return (object) => mergePatch(object, value);
  return (object) => strategicMergePatch(object, value, body.schema);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding patch: ${goJsonError(text, error)}`);
  }
}
