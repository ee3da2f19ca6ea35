import { goText, goType } from "../merge/go_value_text.ts";
import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import type { ScalePaths } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type FieldError, invalidValue } from "../validation/field_error.ts";

/**
 * Checks the counts that a scale subresource shows.
 *
 * @param object The object.
 * @param paths Where the counts are.
 * @returns What is wrong with them.
 */
export function scaleErrors(
  object: JsonObject,
  paths: ScalePaths,
): FieldError[] {
  return [paths.spec, paths.status].flatMap((path) => {
    const field = `.${path.join(".")}`;
    const parent = valueAt(object, path.slice(0, -1));
    if (
      parent !== undefined && parent !== null && goTypeOf(parent) !== OBJECT
    ) {
      return [accessorError(field, { value: parent, wanted: OBJECT })];
    }
    const value = valueAt(object, path);
    if (value === undefined) return [];
    if (!Number.isInteger(value)) {
      return [accessorError(field, { value, wanted: "int64" })];
    }
    return Number(value) < 0
      ? [invalidValue(field, value, "should be a non-negative integer")]
      : [];
  });
}

const OBJECT = "map[string]interface{}";

function accessorError(
  field: string,
  { value, wanted }: { readonly value: unknown; readonly wanted: string },
): FieldError {
  const why = `${field} accessor error: ${goText(value)} is of the type ${
    isObject(value) ? goType(value) : goTypeOf(value)
  }, expected ${wanted}`;
  return invalidValue(field, 0, why);
}

function goTypeOf(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) ? "int64" : "float64";
  }
  return value === null ? "<nil>" : OBJECT;
}
