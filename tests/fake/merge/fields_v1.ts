import { type FieldSet, LEAF, makeNode, union } from "./field_set.ts";
import { goJson } from "./go_value_text.ts";
import { compareText, isObject } from "./json_value.ts";

/** Compares two path elements. */
export type ElementOrder = (a: string, b: string) => number;

/**
 * Reads `fieldsV1` that a client wrote. Elements of unknown types are dropped.
 *
 * @param fields The value of `fieldsV1`.
 * @returns The set.
 * @throws {SyntaxError} If an element cannot be read.
 */
export function parseFieldsV1(fields: unknown): FieldSet | undefined {
  return isObject(fields) ? parseChildren(fields, false) : undefined;
}

function parseChildren(
  fields: Readonly<Record<string, unknown>>,
  member: boolean,
): FieldSet | undefined {
  let children: FieldSet | undefined;
  for (const [key, value] of Object.entries(fields)) {
    const element = parseElement(key);
    if (element === undefined) continue;
    const below = isObject(value) ? value : {};
    const node = parseChildren(below, Object.hasOwn(below, ".")) ?? LEAF;
    children = union(children, { [element]: node });
  }
  return makeNode(member, children && { ...children });
}

function parseElement(key: string): string | undefined {
  if (key === ".") return undefined;
  if (key.charAt(1) !== ":") {
    throw new SyntaxError(`Cannot read path element "${key}": no type`);
  }
  const content = key.slice(2);
  switch (key.charAt(0)) {
    case "f":
      return key;
    case "i":
      return /^[+-]?\d+$/.test(content) ? `i:${Number(content)}` : fail(key);
    case "v":
      return `v:${goJson(JSON.parse(content))}`;
    case "k": {
      const keys: unknown = JSON.parse(content);
      if (!isObject(keys)) return fail(key);
      const sorted = Object.keys(keys).sort(compareText).map((name) =>
        `${JSON.stringify(name)}:${goJson(keys[name])}`
      );
      return `k:{${sorted.join(",")}}`;
    }
    default:
      return undefined;
  }
}

function fail(key: string): never {
  throw new SyntaxError(`Cannot read path element "${key}"`);
}

/**
 * Sorts a set as the server writes it.
 *
 * @param set The set.
 * @param order Order of the path elements of one node.
 * @returns The set with its keys in order; `set` itself if they already are.
 */
export function sortFields(set: FieldSet, order: ElementOrder): FieldSet {
  const elements = Object.keys(set);
  let same = true;
  for (let index = 1; index < elements.length && same; index++) {
    same = before(elements[index - 1] ?? "", elements[index] ?? "", order) < 0;
  }
  if (!same) elements.sort((a, b) => before(a, b, order));
  const sorted: Record<string, FieldSet> = {};
  for (const element of elements) {
    const node = set[element] ?? LEAF;
    const below = sortFields(node, order);
    if (below !== node) same = false;
    sorted[element] = below;
  }
  return same ? set : sorted;
}

/** The mark of a member comes first. */
function before(a: string, b: string, order: ElementOrder): number {
  if (a === "." || b === ".") return a === b ? 0 : a === "." ? -1 : 1;
  return order(a, b);
}
