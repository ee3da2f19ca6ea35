import type { JsonObject } from "../schema/type_schema.ts";
import { compareText } from "./json_value.ts";

/**
 * Writes a JSON value as Go's `%v` does.
 *
 * @param value Any JSON value.
 * @returns E.g. `map[a:1 b:[x y]]`.
 */
export function goText(value: unknown): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const object = value as JsonObject; // Neither null nor an array.
  const fields = Object.keys(object).sort(compareText)
    .map((name) => `${name}:${goText(object[name])}`);
  return `map[${fields.join(" ")}]`;
}

/**
 * Writes a JSON value as Go's `%#v` does.
 *
 * @param value Any JSON value.
 * @returns E.g. `[]interface {}{1, "x"}`.
 */
export function goSyntax(value: unknown): string {
  if (value === null) return "interface {}(nil)";
  if (Array.isArray(value)) {
    return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  }
  if (typeof value !== "object") return JSON.stringify(value);
  const object = value as JsonObject; // Neither null nor an array.
  const fields = Object.keys(object).sort(compareText)
    .map((name) => `${JSON.stringify(name)}:${goSyntax(object[name])}`);
  return `map[string]interface {}{${fields.join(", ")}}`;
}

/**
 * Names the Go type of a decoded JSON value.
 *
 * @param value Any JSON value.
 * @returns E.g. `string`.
 */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) ? "int64" : "float64";
    default:
      return "map[string]interface {}";
  }
}

/**
 * Writes a JSON value as Go's encoder does, which escapes HTML.
 *
 * @param value Any JSON value.
 * @returns E.g. `"a\\u0026b"`.
 */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value);
  return /[<>&\u2028\u2029]/.test(text)
    ? text.replace(
      /[<>&\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    : text;
}
