import type { TypeSchema } from "../schema/type_schema.ts";
import { goJson } from "./go_value_text.ts";
import { compareText, isObject } from "./json_value.ts";
import { fieldSchema, itemSchema } from "./type_shape.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";

function mapItemElement(schema: TypeSchema, item: unknown): string {
  if (!isObject(item)) {
    throw new StructuredMergeError(
      item === null
        ? "associative list with keys may not have a null element"
        : "associative list with keys may not have non-map elements",
    );
  }
  const keys = schema.listMapKeys ?? [];
  let text = "";
  for (const key of keys.length > 1 ? keys.toSorted(compareText) : keys) {
    const value = Object.hasOwn(item, key)
      ? item[key]
      : fieldSchema(itemSchema(schema), key)?.default;
    if (value === undefined) continue;
    text += `${text && ","}${JSON.stringify(key)}:${goJson(value)}`;
  }
  if (text === "") {
    const names = keys.map((key) => JSON.stringify(key)).join(" ");
    throw new StructuredMergeError(
      `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`,
    );
  }
  return `k:{${text}}`;
}

function setItemElement(item: unknown): string {
  if (isObject(item)) {
    throw new StructuredMergeError(
      "associative list without keys has an element that's a map type",
    );
  }
  if (Array.isArray(item)) {
    throw new StructuredMergeError(
      "not supported: associative list with lists as elements",
    );
  }
  if (item === null) {
    throw new StructuredMergeError(
      "associative list without keys has an element that's an explicit null",
    );
  }
  return `v:${goJson(item)}`;
}

/**
 * Makes the path element of an item of a list of type `set` or `map`.
 *
 * @param schema Schema of the list.
 * @param item The item.
 * @returns `v:` and the value, or `k:` and the keys with their defaults.
 * @throws {StructuredMergeError} If the item cannot be identified.
 *
 * @example An item of a map list
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { itemElement } from "./path_element.ts";
 *
 * const element = itemElement(
 *   { type: "array", listType: "map", listMapKeys: ["port"] },
 *   { port: 80, name: "http" },
 * );
 * assertEquals(element, 'k:{"port":80}');
 * ```
 */
export function itemElement(schema: TypeSchema, item: unknown): string {
  return schema.listType === "map"
    ? mapItemElement(schema, item)
    : setItemElement(item);
}

const RANK: Readonly<Record<string, number>> = { f: 0, k: 1, v: 2, i: 3 };

function compareScalars(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  const rank = (value: unknown): number =>
    ["number", "string", "boolean"].indexOf(typeof value);
  return rank(a) - rank(b) || Number(a) - Number(b);
}

function compareKeys(a: string, b: string): number {
  const left = Object.entries(JSON.parse(a));
  const right = Object.entries(JSON.parse(b));
  for (const [index, [name, value]] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareText(name, other[0]) ||
      compareScalars(value, other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/**
 * Orders path elements as structured-merge-diff does: fields, keys, values,
 * indexes; each by what it holds, not by its text.
 *
 * @param a One path element.
 * @param b The other path element.
 * @returns A negative number, zero or a positive number.
 */
export function compareElements(a: string, b: string): number {
  const type = a.charAt(0);
  const rank = (RANK[type] ?? -1) - (RANK[b.charAt(0)] ?? -1);
  if (rank !== 0) return rank;
  if (type === "k") return compareKeys(a.slice(2), b.slice(2));
  if (type === "v") {
    return compareScalars(JSON.parse(a.slice(2)), JSON.parse(b.slice(2)));
  }
  if (type === "i") return Number(a.slice(2)) - Number(b.slice(2));
  return compareText(a, b);
}

/**
 * Writes a path element as it stands in messages.
 *
 * @param element The path element.
 * @returns E.g. `.spec`, `[port=80]` or `[="a"]`.
 */
export function elementText(element: string): string {
  const content = element.slice(2);
  switch (element.charAt(0)) {
    case "k": {
      const keys = Object.entries(JSON.parse(content)).map(([name, value]) =>
        `${name}=${keyText(value)}`
      );
      return `[${keys.join(",")}]`;
    }
    case "v":
      return `[=${JSON.stringify(JSON.parse(content))}]`;
    case "i":
      return `[${content}]`;
    default:
      return `.${content}`;
  }
}

/** Go's text of a key that is a map is empty. */
function keyText(value: unknown): string {
  return isObject(value) ? "" : JSON.stringify(value);
}
