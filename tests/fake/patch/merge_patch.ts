import { isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Applies a JSON merge patch (RFC 7386): null removes, objects merge, all else
 * replaces. As in kube-apiserver, objects in lists lose their null as well.
 *
 * @param object What to change; not changed itself.
 * @param patch The patch.
 * @returns The changed object.
 */
export function mergePatch(object: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...object };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[name];
      continue;
    }
    const current = Object.hasOwn(object, name) ? object[name] : undefined;
    setField(result, { name, value: merged(current, value) });
  }
  return result;
}

function merged(current: unknown, value: unknown): unknown {
  if (!isObject(current)) return withoutNulls(value);
  return isObject(value) ? mergePatch(current, value) : value;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  return isObject(value) ? mergePatch({}, value) : value;
}
