/**
 * Names the type of a value as schemas do.
 *
 * @param value Any JSON value.
 * @returns `null`, `array`, `object`, `string`, `boolean`, `integer` or `number`.
 */
export function schemaTypeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value !== "number") return typeof value;
  return Number.isSafeInteger(value) ? "integer" : "number";
}

/**
 * Appends a field to a path.
 *
 * @param path Path of the object; empty for the root.
 * @param name Name of the field.
 * @returns Path of the field.
 */
export function fieldPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
