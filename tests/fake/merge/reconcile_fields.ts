import type { TypeSchema } from "../schema/type_schema.ts";
import { type FieldSet, isMember, LEAF, makeNode } from "./field_set.ts";
import { isEmpty } from "./json_value.ts";
import {
  isAtomicList,
  itemSchema,
  presentField,
  shapeOf,
} from "./type_shape.ts";

/** Sets that already fit a schema, so that each is looked at once. */
const fitting = new WeakMap<FieldSet, TypeSchema>();

/**
 * Adapts a set to a schema that changed since it was written: where a map or
 * list became atomic, it is owned as a whole by who owned something in it.
 *
 * @param schema Schema of the object.
 * @param set The set.
 * @returns The set; `set` itself if it fits.
 */
export function reconcileFields(
  schema: TypeSchema,
  set: FieldSet | undefined,
): FieldSet | undefined {
  if (set === undefined || fitting.get(set) === schema) return set;
  const reconciled = reconcileChildren(schema, set, false) ?? set;
  fitting.set(reconciled, schema);
  return reconciled;
}

function reconcileChildren(
  schema: TypeSchema,
  set: FieldSet,
  member: boolean,
): FieldSet | undefined {
  let changed: Record<string, FieldSet> | undefined;
  for (const element in set) {
    const node = set[element];
    if (element === "." || node === undefined || isEmpty(node)) continue;
    const type = element.startsWith("f:")
      ? presentField(schema, element.slice(2))
      : itemSchema(schema);
    const below = isAtomic(type)
      ? LEAF
      : reconcileChildren(type, node, isMember(node));
    if (below !== undefined && below !== node) {
      (changed ??= { ...set })[element] = below;
    }
  }
  if (changed === undefined) return set;
  delete changed["."];
  return makeNode(member, changed);
}

/** Of a value of any type, an object is what has fields. */
function isAtomic(schema: TypeSchema): boolean {
  return shapeOf(schema, {}) === "list"
    ? isAtomicList(schema)
    : schema.mapType === "atomic";
}
