import { isObject } from "../merge/json_value.ts";

/** A dot in the name of a field, which a path writes as `\.`. */
const DOT = "\u0001";

const NAME_REGEXP = new RegExp(`\\.?((?:[\\w$/-]|${DOT})+)`, "y");
const STEP_REGEXP =
  /\['([^']*)'\]|\["([^"]*)"\]|\[(\*|-?\d+)\]|\[\?\(@\.?([^=!<>)]*?)\s*(==|!=)\s*(['"])(.*?)\6\)\]/y;

/**
 * Reads the values that a JSON path of a printer column names: fields, indexes,
 * wildcards and filters that compare with a text.
 *
 * @param value Where to start.
 * @param path As `.status.conditions[?(@.type=='Ready')].status`.
 * @returns The values found; none if the path is of another kind.
 */
export function jsonPathValues(value: unknown, path: string): unknown[] {
  const text = path.replace(/^\{|\}$/g, "").replaceAll("\\.", DOT);
  let found: unknown[] = [value];
  for (let at = 0; at < text.length;) {
    const step = stepAt(text, at);
    if (step === undefined) return [];
    found = found.flatMap(step.values);
    at = step.end;
  }
  return found;
}

interface Step {
  readonly end: number;
  values(value: unknown): unknown[];
}

function stepAt(text: string, at: number): Step | undefined {
  NAME_REGEXP.lastIndex = at;
  const name = NAME_REGEXP.exec(text)?.[1];
  if (name !== undefined) {
    return { end: NAME_REGEXP.lastIndex, values: field(name) };
  }
  STEP_REGEXP.lastIndex = at;
  const match = STEP_REGEXP.exec(text);
  if (match === null) return undefined;
  const end = STEP_REGEXP.lastIndex;
  const [, single, double, index, key = "", operator, , wanted] = match;
  if (index === "*") return { end, values: itemsOf };
  if (index !== undefined) {
    const values = (value: unknown) =>
      itemsOf(value).slice(Number(index), Number(index) + 1 || undefined);
    return { end, values };
  }
  if (operator === undefined) {
    return { end, values: field(single ?? double ?? "") };
  }
  return {
    end,
    values: (value) =>
      itemsOf(value).filter((item) => {
        const [actual] = jsonPathValues(item, `.${key}`);
        return (String(actual) === wanted) === (operator === "==");
      }),
  };
}

function field(name: string): (value: unknown) => unknown[] {
  const key = name.replaceAll(DOT, ".");
  return (value) =>
    isObject(value) && Object.hasOwn(value, key) ? [value[key]] : [];
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}
