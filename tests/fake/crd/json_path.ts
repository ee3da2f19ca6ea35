import { isObject } from "../merge/json_value.ts";

const STEP_REGEXP =
  /\.?([A-Za-z0-9_$-]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\*|-?\d+)\]|\[\?\(@\.?([^=!<>)]*?)\s*(==|!=)\s*(['"])(.*?)\7\)\]|\.?\\\./y;

/**
 * Reads the values that a JSON path of a printer column names: fields, indexes,
 * wildcards and filters that compare with a text.
 *
 * @param value Where to start.
 * @param path As `.status.conditions[?(@.type=='Ready')].status`.
 * @returns The values found.
 */
export function jsonPathValues(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  let at = 0;
  const text = path.replace(/^\{|\}$/g, "").replaceAll("\\.", "\u0001");
  while (at < text.length) {
    STEP_REGEXP.lastIndex = at;
    const match = /^\.?\u0001/.test(text.slice(at)) ? null : step(text, at);
    if (match === null) return [];
    found = found.flatMap(match.values);
    at = match.end;
  }
  return found;
}

interface Step {
  readonly end: number;
  values(value: unknown): unknown[];
}

function step(text: string, at: number): Step | null {
  const name = /^\.?((?:[A-Za-z0-9_$/-]|\u0001)+)/.exec(text.slice(at));
  if (name) {
    return { end: at + name[0].length, values: field(name[1] ?? "") };
  }
  STEP_REGEXP.lastIndex = at;
  const match = STEP_REGEXP.exec(text);
  if (match === null) return null;
  const [all, , single, double, index, key = "", operator, , wanted] = match;
  const end = at + all.length;
  if (index === "*") return { end, values: items };
  if (index !== undefined) {
    return {
      end,
      values: (value) => items(value).slice(Number(index)).slice(0, 1),
    };
  }
  if (operator !== undefined) {
    return {
      end,
      values: (value) =>
        items(value).filter((item) => {
          const [actual] = jsonPathValues(item, `.${key}`);
          return (String(actual) === wanted) === (operator === "==");
        }),
    };
  }
  return { end, values: field(single ?? double ?? "") };
}

function field(name: string): (value: unknown) => unknown[] {
  const key = name.replaceAll("\u0001", ".");
  return (value) =>
    isObject(value) && Object.hasOwn(value, key) ? [value[key]] : [];
}

function items(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}
