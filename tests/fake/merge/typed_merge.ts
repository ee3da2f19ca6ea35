import type { TypeSchema } from "../schema/type_schema.ts";
import { isEmpty, isObject, setField } from "./json_value.ts";
import { itemElement } from "./path_element.ts";
import {
  isAtomicList,
  itemSchema,
  presentField,
  shapeOf,
} from "./type_shape.ts";

/**
 * Merges a configuration into a live value. Nothing is removed, and where both
 * hold a leaf the configuration wins.
 *
 * @param schema Schema of both.
 * @param live The live value, or `undefined` if there is none.
 * @param applied The configuration, or `undefined` if there is none.
 * @returns The merged value; `live` itself if the configuration adds nothing.
 * @throws {StructuredMergeError} If an item of a live list cannot be identified.
 *
 * @example Merge fields
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { typedMerge } from "./typed_merge.ts";
 *
 * assertEquals(
 *   typedMerge({ type: "object" }, { a: 1, b: 1 }, { b: 2 }),
 *   { a: 1, b: 2 },
 * );
 * ```
 */
export function typedMerge(
  schema: TypeSchema,
  live: unknown,
  applied: unknown,
): unknown {
  if (applied === undefined) return live;
  if (live === undefined) return applied;
  switch (shapeOf(schema, applied)) {
    case "map":
      return mergeMaps(schema, live, applied);
    case "list":
      return mergeLists(schema, live, applied);
    default:
      return live === applied ? live : applied;
  }
}

function mergeMaps(
  schema: TypeSchema,
  live: unknown,
  applied: unknown,
): unknown {
  const left = isObject(live) ? live : {};
  const right = isObject(applied) ? applied : {};
  // A leaf, which keeps null and {} apart.
  if (schema.mapType === "atomic" || isEmpty(left) && isEmpty(right)) {
    return applied;
  }
  let merged: Record<string, unknown> | undefined;
  for (const name in right) {
    const before = Object.hasOwn(left, name) ? left[name] : undefined;
    const value = typedMerge(presentField(schema, name), before, right[name]);
    if (value === before) continue;
    merged ??= { ...left };
    setField(merged, name, value);
  }
  return merged ?? left;
}

function mergeLists(
  schema: TypeSchema,
  live: unknown,
  applied: unknown,
): unknown {
  const left = Array.isArray(live) ? live : [];
  const right = Array.isArray(applied) ? applied : [];
  if (isAtomicList(schema) || left.length === 0 && right.length === 0) {
    return applied;
  }
  const merged = mergeItems(schema, left, right);
  const same = merged.length === left.length &&
    merged.every((item, index) => item === left[index]);
  return same ? left : merged;
}

/** Items by path element; of live items with the same one, none is merged. */
function indexItems(
  list: readonly unknown[],
  elements: readonly string[],
): Map<string, unknown> {
  const index = new Map<string, unknown>();
  for (const [position, element] of elements.entries()) {
    index.set(element, index.has(element) ? null : list[position]);
  }
  return index;
}

/**
 * Items that only one side has keep their place among their neighbours; items
 * of both sides take the order of the configuration.
 */
function mergeItems(
  schema: TypeSchema,
  live: readonly unknown[],
  applied: readonly unknown[],
): unknown[] {
  const type = itemSchema(schema);
  const left = live.map((item) => itemElement(schema, item));
  const right = applied.map((item) => itemElement(schema, item));
  const liveItems = indexItems(live, left);
  const appliedItems = indexItems(applied, right);
  const shared = right.filter((element) => liveItems.has(element));
  let nextShared = shared.shift();
  const done = new Set<string>();
  const merged: unknown[] = [];

  const take = (element: string): void => {
    done.add(element);
    merged.push(
      typedMerge(type, liveItems.get(element), appliedItems.get(element)),
    );
    if (element === nextShared) nextShared = shared.shift();
  };

  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const ours = left[l];
    const theirs = right[r];
    if (ours !== undefined && ours === theirs) {
      take(ours);
      l++;
      r++;
      continue;
    }
    if (ours !== undefined) {
      if (!appliedItems.has(ours)) {
        merged.push(live[l++]);
        continue;
      }
      const waits = theirs !== undefined && nextShared !== undefined &&
        nextShared !== ours;
      if (waits) {
        l++; // Shared, and taken where the configuration has it.
        continue;
      }
      if (done.has(ours)) l++;
    }
    if (theirs !== undefined) {
      take(theirs);
      r++;
    }
  }
  return merged;
}
