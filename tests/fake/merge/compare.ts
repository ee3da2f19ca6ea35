import type { TypeSchema } from "../schema/type_schema.ts";
import { type FieldSet, LEAF, makeNode, union } from "./field_set.ts";
import { equalJson, isEmpty, isObject } from "./json_value.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import { itemElement } from "./path_element.ts";
import {
  isAtomicList,
  itemSchema,
  presentField,
  type Shape,
  shapeOf,
} from "./type_shape.ts";

/** What differs between two objects; no field is in more than one set. */
export interface Comparison {
  /** Fields that only the second object has. */
  readonly added?: FieldSet | undefined;
  /** Leaves that both objects have with different values. */
  readonly modified?: FieldSet | undefined;
  /** Fields that only the first object has. */
  readonly removed?: FieldSet | undefined;
}

const SAME: Comparison = {};
const MODIFIED: Comparison = { modified: LEAF };

/**
 * Compares two values field by field.
 *
 * @param schema Schema of both.
 * @param before The first value.
 * @param after The second value.
 * @returns The fields that differ.
 * @throws {StructuredMergeError} If an item of a list cannot be identified.
 *
 * @example A changed and a new field
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compare } from "./compare.ts";
 *
 * const { added, modified } = compare(
 *   { type: "object" },
 *   { a: 1 },
 *   { a: 2, b: 1 },
 * );
 * assertEquals(added, { "f:b": {} });
 * assertEquals(modified, { "f:a": {} });
 * ```
 */
export function compare(
  schema: TypeSchema,
  before: unknown,
  after: unknown,
): Comparison {
  if (before === after) return SAME;
  if (before === undefined) return { added: everyField(schema, after) };
  if (after === undefined) return { removed: everyField(schema, before) };
  const shape = shapeOf(schema, after);
  const former = shapeOf(schema, before);
  const comparison = compareAs(shape, schema, before, after);
  if (former === shape) return comparison;
  // A value of any type that changed its shape: both shapes have a say.
  const other = compareAs(former, schema, before, after);
  return {
    added: union(other.added, comparison.added),
    modified: union(other.modified, comparison.modified),
    removed: union(other.removed, comparison.removed),
  };
}

function compareAs(
  shape: Shape,
  schema: TypeSchema,
  before: unknown,
  after: unknown,
): Comparison {
  if (schema.type !== undefined) {
    checkShape(shape, before);
    checkShape(shape, after);
  }
  if (shape === "map") {
    const left = isObject(before) ? before : {};
    const right = isObject(after) ? after : {};
    if (
      schema.mapType !== "atomic" && !(isEmpty(left) && isEmpty(right))
    ) return compareMaps(schema, left, right);
  } else if (shape === "list" && !isAtomicList(schema)) {
    const left = Array.isArray(before) ? before : [];
    const right = Array.isArray(after) ? after : [];
    if (left.length + right.length > 0) {
      return compareLists(schema, left, right);
    }
  }
  return equalJson(before, after) ? SAME : MODIFIED;
}

/** What does not fit its type cannot be compared. */
function checkShape(shape: Shape, value: unknown): void {
  if (value === undefined || value === null) return;
  const fits = shape === "scalar"
    ? typeof value !== "object"
    : shape === "map"
    ? isObject(value)
    : Array.isArray(value);
  if (!fits) throw new StructuredMergeError(`expected ${shape}`);
}

/** The comparisons of children, while they are gathered. */
type Changes = {
  -readonly [Key in keyof Comparison]: Record<string, FieldSet>;
};

function note(
  changes: Changes,
  element: string,
  { added, modified, removed }: Comparison,
): void {
  if (added) (changes.added ??= {})[element] = added;
  if (modified) (changes.modified ??= {})[element] = modified;
  if (removed) (changes.removed ??= {})[element] = removed;
}

function compareMaps(
  schema: TypeSchema,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Comparison {
  const changes: Changes = {};
  for (const name in before) {
    const value = Object.hasOwn(after, name) ? after[name] : undefined;
    if (before[name] === value) continue;
    note(
      changes,
      `f:${name}`,
      compare(presentField(schema, name), before[name], value),
    );
  }
  for (const name in after) {
    if (Object.hasOwn(before, name)) continue;
    note(changes, `f:${name}`, {
      added: everyField(presentField(schema, name), after[name]),
    });
  }
  return changes;
}

/** Items by path element; several where a key occurs more than once. */
function groupItems(
  schema: TypeSchema,
  list: readonly unknown[],
): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const item of list) {
    const element = itemElement(schema, item);
    const group = groups.get(element);
    if (group === undefined) groups.set(element, [item]);
    else group.push(item);
  }
  return groups;
}

function compareLists(
  schema: TypeSchema,
  before: readonly unknown[],
  after: readonly unknown[],
): Comparison {
  const changes: Changes = {};
  const type = itemSchema(schema);
  const left = groupItems(schema, before);
  const right = groupItems(schema, after);
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    note(
      changes,
      element,
      compareGroups(type, left.get(element) ?? [], right.get(element) ?? []),
    );
  }
  return changes;
}

function compareGroups(
  type: TypeSchema,
  before: readonly unknown[],
  after: readonly unknown[],
): Comparison {
  if (before.length <= 1 && after.length <= 1) {
    return compare(type, before[0], after[0]);
  }
  if (before.length > 1 && after.length > 1) {
    return equalJson(before, after) ? SAME : MODIFIED;
  }
  // An item that becomes, or was, ambiguous counts as another item.
  return before.length > 1
    ? {
      removed: LEAF,
      added: after.length ? everyField(type, after[0]) : undefined,
    }
    : {
      added: LEAF,
      removed: before.length ? everyField(type, before[0]) : undefined,
    };
}

/** All fields of a value, whether they hold others or not. */
function everyField(schema: TypeSchema, value: unknown): FieldSet {
  return makeNode(true, everyChild(schema, value)) ?? LEAF;
}

function everyChild(
  schema: TypeSchema,
  value: unknown,
): Record<string, FieldSet> | undefined {
  const shape = shapeOf(schema, value);
  if (schema.type !== undefined) checkShape(shape, value);
  const children: Record<string, FieldSet> = {};
  if (shape === "map") {
    if (schema.mapType === "atomic" || !isObject(value)) return undefined;
    for (const name in value) {
      children[`f:${name}`] = everyField(
        presentField(schema, name),
        value[name],
      );
    }
  } else if (shape === "list") {
    if (isAtomicList(schema) || !Array.isArray(value)) return undefined;
    const type = itemSchema(schema);
    for (const [element, [item, ...others]] of groupItems(schema, value)) {
      children[element] = others.length > 0 ? LEAF : everyField(type, item);
    }
  }
  return isEmpty(children) ? undefined : children;
}
