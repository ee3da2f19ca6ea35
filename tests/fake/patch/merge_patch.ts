import { isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Applies a JSON merge patch (RFC 7386): null removes, objects merge, all else
 * replaces.
 *
 * @param object What to change; not changed itself.
 * @param patch The patch.
 * @returns The changed object.
 */
export function mergePatch(object: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...object };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else if (!isObject(value)) setField(result, { name, value });
    else {
      const current = Object.hasOwn(object, name) ? object[name] : undefined;
      const base = isObject(current) ? current : {};
      setField(result, { name, value: mergePatch(base, value) });
    }
  }
  return result;
}
