import type { TypeSchema } from "../schema/type_schema.ts";
import { type FieldSet, LEAF, makeNode } from "./field_set.ts";
import { isEmpty, isObject } from "./json_value.ts";
import { itemElement } from "./path_element.ts";
import {
  declaredField,
  isAtomicList,
  itemSchema,
  presentField,
  shapeOf,
} from "./type_shape.ts";

/**
 * Collects the fields an object mentions: leaves, items of set and map lists,
 * fields of maps, and empty or null fields. A declared field that holds other
 * fields is not collected by itself.
 *
 * @param schema Schema of the object.
 * @param object The object.
 * @returns The set of its fields.
 *
 * @example What a configuration owns
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toFieldSet } from "./to_field_set.ts";
 *
 * const fields = toFieldSet(
 *   { type: "object", properties: { size: { type: "integer" } } },
 *   { size: 1 },
 * );
 * assertEquals(fields, { "f:size": {} });
 * ```
 */
export function toFieldSet(
  schema: TypeSchema,
  object: unknown,
): FieldSet | undefined {
  return collect(schema, object, false);
}

/** @param member Whether the node is in the set even if it holds fields. */
function collect(
  schema: TypeSchema,
  value: unknown,
  member: boolean,
): FieldSet | undefined {
  const shape = shapeOf(schema, value);
  if (shape === "scalar") return LEAF;
  if (shape === "map") {
    if (schema.mapType === "atomic") return LEAF;
    return makeNode(
      member,
      isObject(value) ? fields(schema, value) : undefined,
    );
  }
  if (isAtomicList(schema)) return LEAF;
  return makeNode(
    member,
    Array.isArray(value) ? items(schema, value) : undefined,
  );
}

function fields(
  schema: TypeSchema,
  object: Readonly<Record<string, unknown>>,
): Record<string, FieldSet> | undefined {
  let children: Record<string, FieldSet> | undefined;
  for (const name in object) {
    const value = object[name];
    const member = value === null || isObject(value) && isEmpty(value) ||
      declaredField(schema, name) === undefined;
    const node = collect(presentField(schema, name), value, member);
    if (node !== undefined) (children ??= {})[`f:${name}`] = node;
  }
  return children;
}

function items(
  schema: TypeSchema,
  list: readonly unknown[],
): Record<string, FieldSet> | undefined {
  let children: Record<string, FieldSet> | undefined;
  const type = itemSchema(schema);
  for (const item of list) {
    children ??= {};
    const element = itemElement(schema, item);
    // Of items with the same key, only the key is collected.
    children[element] = children[element] === undefined
      ? collect(type, item, true) ?? LEAF
      : LEAF;
  }
  return children;
}

/**
 * Adds to a set the declared fields that lead to its members, as they are when
 * items are removed from an object.
 *
 * @param schema Schema of the object.
 * @param set The set.
 * @returns The set with the fields on the way.
 */
export function withNamedFields(
  schema: TypeSchema,
  set: FieldSet,
): FieldSet {
  const children: Record<string, FieldSet> = {};
  for (const element in set) {
    const node = set[element];
    if (node === undefined) continue;
    if (element === "." || isEmpty(node)) {
      children[element] = node;
      continue;
    }
    const name = element.startsWith("f:") ? element.slice(2) : undefined;
    const below = withNamedFields(
      name === undefined ? itemSchema(schema) : presentField(schema, name),
      node,
    );
    const named = name !== undefined && declaredField(schema, name);
    children[element] = named && below["."] === undefined
      ? { ".": LEAF, ...below }
      : below;
  }
  return children;
}
