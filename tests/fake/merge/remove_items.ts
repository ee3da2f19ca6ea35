import type { TypeSchema } from "../schema/type_schema.ts";
import type { FieldSet } from "./field_set.ts";
import { isMember } from "./field_set.ts";
import { isEmpty, isObject, setField } from "./json_value.ts";
import { itemElement } from "./path_element.ts";
import {
  isAtomicList,
  itemSchema,
  presentField,
  shapeOf,
} from "./type_shape.ts";

/**
 * Removes fields and items from a value.
 *
 * @param schema Schema of the value.
 * @param value The value.
 * @param removed What to remove.
 * @returns The value without them; null where a list or map becomes empty.
 */
export function removeItems(
  schema: TypeSchema,
  value: unknown,
  removed: FieldSet,
): unknown {
  switch (shapeOf(schema, value)) {
    case "map":
      return isObject(value) && schema.mapType !== "atomic"
        ? removeFields(schema, value, removed)
        : null;
    case "list":
      return Array.isArray(value) && !isAtomicList(schema)
        ? removeListItems(schema, value, removed)
        : null;
    default:
      return value;
  }
}

function removeFields(
  schema: TypeSchema,
  object: Readonly<Record<string, unknown>>,
  removed: FieldSet,
): unknown {
  const rest: Record<string, unknown> = {};
  for (const name in object) {
    const node = removed[`f:${name}`];
    if (node === undefined) setField(rest, name, object[name]);
    else if (!isMember(node)) {
      setField(
        rest,
        name,
        removeItems(presentField(schema, name), object[name], node),
      );
    }
  }
  return isEmpty(rest) ? null : rest;
}

function removeListItems(
  schema: TypeSchema,
  list: readonly unknown[],
  removed: FieldSet,
): unknown {
  const type = itemSchema(schema);
  const rest: unknown[] = [];
  for (const item of list) {
    const node = removed[itemElement(schema, item)];
    if (node === undefined) rest.push(item);
    else if (!isMember(node)) rest.push(removeItems(type, item, node));
  }
  return rest.length === 0 ? null : rest;
}
