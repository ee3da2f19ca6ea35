import { isEmpty, isObject } from "../merge/json_value.ts";
import { compareKeys } from "./compare_keys.ts";
import { escapedCharacter, scalarStyle } from "./go_yaml_scalar.ts";

/** Where a line is broken, if it can be. */
const WIDTH = 80;
const STEP = 2;

/**
 * Writes a value as YAML, as sigs.k8s.io/yaml does.
 *
 * @param value Any JSON value.
 * @returns The document.
 */
export function stringifyYaml(value: unknown): string {
  return `${node(value, 0, 0)}\n`;
}

/** Writes a value that starts at a column of a line. */
function node(value: unknown, indent: number, column: number): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const pad = " ".repeat(indent);
    return value.map((item) => `- ${node(item, indent + STEP, indent + STEP)}`)
      .join(`\n${pad}`);
  }
  if (isObject(value)) return isEmpty(value) ? "{}" : map(value, indent);
  if (typeof value === "string") {
    return scalar(value, { indent: indent + STEP, column, isKey: false });
  }
  return numberText(value);
}

function map(
  object: Readonly<Record<string, unknown>>,
  indent: number,
): string {
  const pad = " ".repeat(indent);
  return Object.keys(object).sort(compareKeys).map((name) => {
    const key = scalar(name, { indent, column: indent, isKey: true });
    const value = object[name];
    if (Array.isArray(value) && value.length > 0) {
      return `${key}:\n${pad}${node(value, indent, indent)}`;
    }
    if (isObject(value) && !isEmpty(value)) {
      const inner = indent + STEP;
      return `${key}:\n${" ".repeat(inner)}${node(value, inner, inner)}`;
    }
    const column = indent + key.length + 2;
    return `${key}: ${node(value, indent, column)}`;
  }).join(`\n${pad}`);
}

function numberText(value: unknown): string {
  if (typeof value !== "number" || Number.isInteger(value)) {
    return String(value);
  }
  return String(value).replace(/e([-+])(\d)$/, "e$10$2");
}

interface Place {
  readonly indent: number;
  readonly column: number;
  readonly isKey: boolean;
}

function scalar(text: string, place: Place): string {
  switch (scalarStyle(text, place.isKey)) {
    case "literal":
      return literal(text, place.indent);
    case "double":
      return doubleQuoted(text, place);
    case "single":
      return `'${
        folded(text.replaceAll("'", "''"), {
          ...place,
          column: place.column + 1,
        })
      }'`;
    case "plain":
      return folded(text, place);
  }
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? String(STEP) : "";
  const chomp = !text.endsWith("\n") ? "-" : /(^|\n)\n$/.test(text) ? "+" : "";
  const lines = text.replace(/\n$/, "").split("\n")
    .map((line) => line === "" ? "" : " ".repeat(indent) + line);
  return `|${hint}${chomp}\n${lines.join("\n")}`;
}

/** Breaks a text at single spaces once its line is too long. */
function folded(text: string, { indent, column, isKey }: Place): string {
  if (isKey || column + text.length <= WIDTH) return text;
  let result = "";
  let at = column;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? "";
    const breaks = char === " " && at > WIDTH && index > 0 &&
      index < text.length - 1 && text[index - 1] !== " " &&
      text[index + 1] !== " ";
    if (breaks) {
      result += `\n${" ".repeat(indent)}`;
      at = indent;
    } else {
      result += char;
      at++;
    }
  }
  return result;
}

function doubleQuoted(text: string, { indent, column, isKey }: Place): string {
  let result = '"';
  let at = column + 1;
  const chars = [...text];
  let spaces = false;
  chars.forEach((char, index) => {
    const breaks = char === " " && !isKey && !spaces && at > WIDTH &&
      index > 0 && index < chars.length - 1;
    if (breaks) {
      const next = chars[index + 1] === " " ? "\\" : "";
      result += `\n${" ".repeat(indent)}${next}`;
      at = indent + next.length;
    } else {
      const escaped = escapedCharacter(char);
      result += escaped;
      at += escaped.length;
    }
    spaces = char === " ";
  });
  return `${result}"`;
}
