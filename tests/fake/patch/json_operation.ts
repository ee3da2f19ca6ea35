import { equalJson, isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";

/** One operation of a JSON patch. */
export interface Operation {
  /** What to do. */
  readonly op: string;
  /** Where. */
  readonly path: string;
  /** Where from, for `move` and `copy`. */
  readonly from: string | undefined;
  /** What to put there; `undefined` without. */
  readonly value: unknown;
}

/** An operation that cannot be done. */
export class JsonPatchError extends Error {
  override readonly name = "JsonPatchError";
}

/**
 * Does one operation of a JSON patch as `evanphx/json-patch` does, which differs
 * from RFC 6902: it replaces and copies what is not there, never the root, and
 * counts negative indexes from the end.
 *
 * @param document The document; not changed.
 * @param operation What to do.
 * @returns The changed document.
 * @throws {JsonPatchError} If it cannot be done.
 */
export function operate(document: unknown, operation: Operation): unknown {
  const path = pointer(operation.path);
  const from = pointer(operation.from ?? "");
  if (path.length === 0 && operation.op !== "test") {
    throw new JsonPatchError(`Cannot ${operation.op} the root`);
  }
  switch (operation.op) {
    case "add":
      return set(document, path, { value: operation.value, mode: "add" });
    case "replace":
      return set(document, path, { value: operation.value, mode: "replace" });
    case "remove":
      return remove(document, path);
    case "move":
      return set(remove(document, from), path, {
        value: get(document, from),
        mode: "add",
      });
    case "copy":
      // The server copies what is not there as null.
      return set(document, path, { value: find(document, from), mode: "add" });
    case "test":
      if (equalJson(find(document, path), operation.value ?? null)) {
        return document;
      }
  }
  throw new JsonPatchError(`Cannot ${operation.op} "${operation.path}"`);
}

function pointer(path: string): string[] {
  if (path === "") return [];
  return path.split("/").slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a path; null if its parent has none, which `test` cannot tell. */
function find(document: unknown, path: readonly string[]): unknown {
  const parent = get(document, path.slice(0, -1));
  try {
    return get(parent, path.slice(-1));
  } catch {
    return null;
  }
}

function get(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const name of path) {
    if (Array.isArray(value)) value = value[indexIn(value, name)];
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name];
    else throw new JsonPatchError(`Cannot find "${name}"`);
  }
  return value;
}

interface Change {
  readonly value: unknown;
  readonly mode: "add" | "replace";
}

function set(
  document: unknown,
  path: readonly string[],
  change: Change,
): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change.value;
  if (Array.isArray(document)) {
    const copy = [...document];
    if (rest.length > 0) {
      const index = indexIn(document, name);
      copy[index] = set(document[index], rest, change);
    } else if (change.mode === "replace") {
      copy[indexIn(document, name)] = change.value;
    } else copy.splice(insertionIndex(document, name), 0, change.value);
    return copy;
  }
  if (!isObject(document)) throw new JsonPatchError(`Cannot set "${name}"`);
  const exists = Object.hasOwn(document, name);
  if (!exists && rest.length > 0) {
    throw new JsonPatchError(`Cannot find "${name}"`);
  }
  const copy: Record<string, unknown> = { ...document };
  const value = set(exists ? document[name] : undefined, rest, change);
  setField(copy, { name, value: value ?? null });
  return copy;
}

function remove(document: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) throw new JsonPatchError("Cannot remove the root");
  if (Array.isArray(document)) {
    const index = indexIn(document, name);
    return rest.length > 0
      ? document.with(index, remove(document[index], rest))
      : document.toSpliced(index, 1);
  }
  if (!isObject(document) || !Object.hasOwn(document, name)) {
    throw new JsonPatchError(`Cannot find "${name}"`);
  }
  const copy: Record<string, unknown> = { ...document };
  if (rest.length > 0) {
    setField(copy, { name, value: remove(document[name], rest) });
  } else delete copy[name];
  return copy;
}

/** The index of an item that exists; −1 is the last. */
function indexIn(list: readonly unknown[], name: string): number {
  const index = parseIndex(name);
  const at = index < 0 ? index + list.length : index;
  if (at < 0 || at >= list.length) {
    throw new JsonPatchError(`Cannot find item ${name}`);
  }
  return at;
}

/** Where an item is inserted; `-` is the end. */
function insertionIndex(list: readonly unknown[], name: string): number {
  if (name === "-") return list.length;
  const index = parseIndex(name);
  const at = index < 0 ? index + list.length + 1 : index;
  if (at < 0 || at > list.length) {
    throw new JsonPatchError(`Cannot insert item ${name}`);
  }
  return at;
}

function parseIndex(name: string): number {
  if (!/^-?\d+$/.test(name)) throw new JsonPatchError(`Cannot find "${name}"`);
  return Number(name);
}
