import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/** Writes the cells of an object, in the order of the columns of its kind. */
export type CellsOf = (object: JsonObject, now: Date) => readonly unknown[];

/** Reads a text at a dotted path; empty without. */
export function textAt(object: unknown, path: string): string {
  const value = valueAt(object, path.split("."));
  return value === undefined || value === null ? "" : String(value);
}

/** Reads a number at a dotted path; 0 without. */
export function numberAt(object: unknown, path: string): number {
  const value = valueAt(object, path.split("."));
  return typeof value === "number" ? value : 0;
}

/** Reads the objects of a list at a dotted path; none without. */
export function objectsAt(object: unknown, path: string): JsonObject[] {
  const value = valueAt(object, path.split("."));
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Reads the texts of a list at a dotted path; none without. */
export function textsAt(object: unknown, path: string): string[] {
  const value = valueAt(object, path.split("."));
  return Array.isArray(value) ? value.map(String) : [];
}

/** Counts what a list or map at a dotted path holds. */
export function sizeAt(object: unknown, path: string): number {
  const value = valueAt(object, path.split("."));
  return isObject(value) || Array.isArray(value)
    ? Object.keys(value).length
    : 0;
}

/** Joins the first texts and tells how many there are besides. */
export function someOf(
  texts: readonly string[],
  limit: number,
  { total = texts.length, separator = "," }: {
    readonly total?: number;
    readonly separator?: string;
  } = {},
): string {
  const shown = texts.slice(0, limit).join(separator);
  return total > limit ? `${shown} + ${total - limit} more...` : shown;
}
