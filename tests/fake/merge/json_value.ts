import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Tells whether a JSON value is an object.
 *
 * @param value Any JSON value.
 * @returns Whether it is neither a scalar, an array nor null.
 */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Tells whether an object has no keys.
 *
 * @param object Any object without inherited keys.
 * @returns Whether it is empty.
 */
export function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/**
 * Sets a field of an object, whatever its name.
 *
 * @param object The object to change.
 * @param name Name of the field, e.g. a key that a user chose.
 * @param value Its value.
 */
export function setField(
  object: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  if (name === "__proto__") { // Assigning it would set the prototype.
    Object.defineProperty(object, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else object[name] = value;
}

/**
 * Compares JSON values. The order of keys does not matter.
 *
 * @param a One value.
 * @param b The other value.
 * @returns Whether they are equal.
 */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length &&
      a.every((item, index) => equalJson(item, b[index]));
  }
  if (Array.isArray(b)) return false;
  const left = a as JsonObject; // Neither null nor an array.
  const right = b as JsonObject;
  let size = 0;
  for (const key in left) {
    if (!Object.hasOwn(right, key) || !equalJson(left[key], right[key])) {
      return false;
    }
    size++;
  }
  for (const _ in right) size--;
  return size === 0;
}

/**
 * Compares texts by code points, as Go compares the bytes of strings.
 *
 * @param a One text.
 * @param b The other text.
 * @returns A negative number, zero or a positive number.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  if (index === length) return a.length - b.length;
  const left = a.charCodeAt(index);
  const right = b.charCodeAt(index);
  // A surrogate stands for a code point above every other code unit.
  const surrogates = Number(isSurrogate(left)) - Number(isSurrogate(right));
  return surrogates || left - right;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
