import { isObject } from "../../merge/json_value.ts";
import type { JsonObject } from "../../schema/type_schema.ts";

/** Changes an object; returns a copy. */
export type Defaulting = (object: JsonObject) => JsonObject;

/**
 * Changes the object in a field, if there is one.
 *
 * @param object What holds the field; not changed.
 * @param field Name of the field.
 * @param change Changes what is in it.
 * @returns The copy.
 */
export function inField(
  object: JsonObject,
  field: string,
  change: Defaulting,
): JsonObject {
  const value = object[field];
  return isObject(value) ? { ...object, [field]: change(value) } : object;
}

/**
 * Changes the objects in a list, if there is one.
 *
 * @param object What holds the list; not changed.
 * @param field Name of the list.
 * @param change Changes one of them.
 * @returns The copy.
 */
export function inEach(
  object: JsonObject,
  field: string,
  change: Defaulting,
): JsonObject {
  const value = object[field];
  if (!Array.isArray(value)) return object;
  const items = value.map((item) => isObject(item) ? change(item) : item);
  return { ...object, [field]: items };
}

/**
 * Fills in fields that are absent, null or empty texts.
 *
 * @param object The object; not changed.
 * @param defaults Values by field.
 * @returns The copy.
 */
export function filled(object: JsonObject, defaults: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...object };
  for (const [name, value] of Object.entries(defaults)) {
    if ((result[name] ?? "") === "") result[name] = value;
  }
  return result;
}
