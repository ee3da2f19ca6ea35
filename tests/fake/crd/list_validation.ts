import { isObject } from "../merge/json_value.ts";
import type { TypeSchema } from "../schema/type_schema.ts";
import {
  duplicate,
  type FieldError,
  invalidValue,
} from "../validation/field_error.ts";

/**
 * Checks that the items of a list of type `set` or `map` are unique.
 *
 * @param items The items.
 * @param schema Schema of the list.
 * @param path Where the list is.
 * @returns What is wrong with it.
 */
export function listErrors(
  items: readonly unknown[],
  schema: TypeSchema,
  path: string,
): FieldError[] {
  const { listType, listMapKeys = [] } = schema;
  if (listType !== "set" && listType !== "map") return [];
  const odd = listType === "set"
    ? -1
    : items.findIndex((item) => item !== null && !isObject(item));
  if (odd >= 0) {
    const why = "must be an object for an array of list-type map";
    return [invalidValue(`${path}[${odd}]`, items[odd], why)];
  }
  const errors: FieldError[] = [];
  const seen = new Map<string, number>();
  items.forEach((item, index) => {
    const at = `${path}[${index}]`;
    const identity = listType === "map" ? keysOf(item, listMapKeys) : item;
    const text = JSON.stringify(identity);
    const times = (seen.get(text) ?? 0) + 1;
    if (times === 2) errors.push(duplicate(at, identity)); // Told once.
    seen.set(text, times);
  });
  return errors;
}

/** Null has no keys. */
function keysOf(item: unknown, keys: readonly string[]): unknown {
  const object = isObject(item) ? item : {};
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(object, key))
      .map((key) => [key, object[key]]),
  );
}
