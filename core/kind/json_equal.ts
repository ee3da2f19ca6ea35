/**
 * Whether two JSON values are equal, at every depth.
 *
 * The order of members does not matter; a member that is `undefined` is absent.
 *
 * @example Compare without regard to the order of members
 * ```ts
 * import { jsonEqual } from "./json_equal.ts";
 * import { assert } from "@std/assert";
 *
 * assert(jsonEqual({ a: 1, b: [2] }, { b: [2], a: 1, c: undefined }));
 * assert(!jsonEqual([1, 2], [2, 1]));
 * ```
 *
 * @param a A JSON value.
 * @param b Another one.
 * @returns Whether they are equal.
 */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length &&
      a.every((item, index) => jsonEqual(item, b[index]));
  }
  return isRecord(a) && isRecord(b) &&
    Object.keys(a).every((key) => jsonEqual(a[key], own(b, key))) &&
    Object.keys(b).every((key) =>
      b[key] === undefined || Object.hasOwn(a, key)
    );
}

/** A label may be called `constructor`. */
function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
