/** A JSON object whose members are not known. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Whether a parsed JSON value is an object.
 *
 * @param value The value.
 * @returns Whether it is one.
 */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
