import { goText } from "../merge/go_value_text.ts";
import { isObject } from "../merge/json_value.ts";
import { badRequest } from "../http/status_errors.ts";
import { goJsonError } from "../http/go_json_error.ts";
import { jsonTypeName } from "../resource/go_type.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { readJsonPatch } from "./json_patch.ts";
import { mergePatch } from "./merge_patch.ts";
import {
  patchedText,
  touchedByMerge,
  touchedByOperations,
} from "./patched_text.ts";
import { shownPatch } from "./shown_patch.ts";
import { strategicMergePatch } from "./strategic_merge_patch.ts";

/** A type of patch that is not an apply. */
export type Patch = "json" | "merge" | "strategic";

/** A patch that has been read. */
export interface ReadPatch {
  /** Changes an object, without changing what it is given. */
  change(object: JsonObject): JsonObject;
  /** Whether its result is converted, not decoded from JSON. */
  readonly isConverted: boolean;
  /** How messages show what it makes of an object. */
  show(result: JsonObject, object: JsonObject): string;
}

/**
 * Reads a patch.
 *
 * @param type What kind of patch it is.
 * @param body Its text, and the schema of what it changes.
 * @returns The patch.
 * @throws {StatusError} 400 if it is none.
 */
export function readPatch(
  type: Patch,
  { text, schema }: { readonly text: string; readonly schema: TypeSchema },
): ReadPatch {
  const value = parse(text, type);
  if (type === "json") {
    const touched = Array.isArray(value) ? touchedByOperations(value) : {};
    return {
      change: readJsonPatch(value),
      isConverted: false,
      show: (result) => patchedText(result, schema, touched),
    };
  }
  if (value === null && type === "strategic") return UNCHANGED;
  if (value === null) throw badRequest("Invalid JSON Patch");
  if (!isObject(value)) {
    throw badRequest(
      `${PREFIXES[type]}json: cannot unmarshal ${
        jsonTypeName(value)
      } into Go value of type map[string]interface {}`,
    );
  }
  if (type === "merge") {
    return {
      change: (object) => mergePatch(object, value),
      isConverted: false,
      show: (result, object) =>
        patchedText(result, schema, touchedByMerge(value, object)),
    };
  }
  return {
    change: (object) => strategicMergePatch(object, value, schema),
    isConverted: true,
    show: (_result, object) => goText(shownPatch(value, object, schema)),
  };
}

const UNCHANGED: ReadPatch = {
  change: (object) => object,
  isConverted: true,
  show: () => "map[]",
};

const PREFIXES: Readonly<Record<Patch, string>> = {
  json: "error decoding patch: ",
  merge: "error decoding patch: ",
  strategic: "",
};

function parse(text: string, type: Patch): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(PREFIXES[type] + goJsonError(text));
  }
}
