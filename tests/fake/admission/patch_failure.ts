import { isObject } from "../merge/json_value.ts";
import type { Operation } from "../patch/json_operation.ts";

/**
 * Says why an operation of a JSON patch cannot be done, in the words of
 * `evanphx/json-patch`.
 *
 * @param document The document.
 * @param operation The operation.
 * @returns The message.
 */
export function patchFailure(
  document: unknown,
  { op, path, from = "" }: Operation,
): string {
  const missing = "missing value";
  const hasParent = has(document, path.slice(0, path.lastIndexOf("/")));
  const key = path.slice(path.lastIndexOf("/") + 1);
  switch (op) {
    case "add":
      return hasParent
        ? `error in add for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`
        : `add operation does not apply: doc is missing path: "${path}": ${missing}`;
    case "remove":
      return hasParent
        ? `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: ${missing}`
        : `remove operation does not apply: doc is missing path: "${path}": ${missing}`;
    case "replace":
      return `replace operation does not apply: doc is missing ${
        hasParent ? "key" : "path"
      }: ${path}: ${missing}`;
    case "move":
    case "copy": {
      const name = from.slice(from.lastIndexOf("/") + 1);
      if (!has(document, from.slice(0, from.lastIndexOf("/")))) {
        return `${op} operation does not apply: doc is missing from path: ${from}: ${missing}`;
      }
      return op === "move" && !has(document, from)
        ? `error in move for path: '${name}': Unable to remove nonexistent key: ${name}: ${missing}`
        : `${op} operation does not apply: doc is missing destination path: ${path}: ${missing}`;
    }
    case "test":
      return `testing value ${path} failed: test failed`;
  }
  return `Unexpected kind: ${op}`;
}

function has(document: unknown, path: string): boolean {
  let value = document;
  for (const part of path.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return false;
  }
  return value !== undefined;
}
