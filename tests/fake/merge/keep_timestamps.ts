import type { JsonObject } from "../schema/type_schema.ts";
import { equalJson, isObject } from "./json_value.ts";
import { metadataOf, withoutManagedFields } from "./managers.ts";

/**
 * Undoes a write that changes nothing but the times of managed fields, so that
 * it does not become a new revision.
 *
 * @param live The stored object.
 * @param next The object to store.
 * @returns `live` if they are equal but for those times, `next` otherwise.
 *
 * @example Nothing changed
 * ```ts
 * import { assertStrictEquals } from "@std/assert";
 * import { keepTimestamps } from "./keep_timestamps.ts";
 *
 * const live = { metadata: { name: "a" } };
 * assertStrictEquals(keepTimestamps(live, { metadata: { name: "a" } }), live);
 * ```
 */
export function keepTimestamps(
  live: JsonObject | undefined,
  next: JsonObject,
): JsonObject {
  if (live === undefined) return next;
  const before = entriesOf(live);
  const after = entriesOf(next);
  const same = before.length === after.length &&
    after.every((entry, index) => equalEntries(before[index], entry)) &&
    equalJson(withoutManagedFields(live), withoutManagedFields(next));
  return same ? live : next;
}

function entriesOf(object: JsonObject): readonly unknown[] {
  const { managedFields } = metadataOf(object);
  return Array.isArray(managedFields) ? managedFields : [];
}

function equalEntries(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return false;
  const { time: _a, ...left } = a;
  const { time: _b, ...right } = b;
  return equalJson(left, right);
}
