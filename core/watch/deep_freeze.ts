/**
 * Freezes a JSON value at every depth.
 *
 * An object that is frozen is taken to be frozen all the way down, so the
 * second call on the same object costs next to nothing.
 *
 * @example Freeze an object
 * ```ts
 * import { deepFreeze } from "./deep_freeze.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const object = deepFreeze({ metadata: { labels: { app: "web" } } });
 * assertThrows(() => object.metadata.labels.app = "db", TypeError);
 * ```
 *
 * @typeParam T The type of the value.
 * @param value Plain JSON, without cycles.
 * @returns The same value.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) {
    return value;
  }
  Object.freeze(value);
  // JSON inherits no enumerable members; `for in` makes no array of keys.
  for (const key in value) deepFreeze(value[key]);
  return value;
}
