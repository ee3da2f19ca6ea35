import type { ObjectKey } from "./scope.ts";

/**
 * Writes a key as text: `"namespace/name"`, or `"name"` without a namespace.
 *
 * Kubernetes names hold no slash, so {@linkcode parseKey} reads it back.
 * The form is that of client-go's `MetaNamespaceKeyFunc`.
 *
 * @example Write the key of an object
 * ```ts
 * import { formatKey } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatKey({ namespace: "default", name: "web" }), "default/web");
 * assertEquals(formatKey({ name: "node-1" }), "node-1");
 * ```
 *
 * @param key The key; metadata of an object is one.
 * @returns The text.
 */
export function formatKey(key: ObjectKey): string {
  return key.namespace === undefined
    ? key.name
    : `${key.namespace}/${key.name}`;
}

/**
 * Reads a key that {@linkcode formatKey} wrote.
 *
 * @example Read a key
 * ```ts
 * import { parseKey } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseKey("default/web"), { namespace: "default", name: "web" });
 * assertEquals(parseKey("node-1"), { name: "node-1" });
 * ```
 *
 * @param text The text: `"namespace/name"` or `"name"`.
 * @returns The key.
 * @throws {SyntaxError} If a part is empty or there are more than two.
 */
export function parseKey(text: string): ObjectKey {
  const [first = "", name, ...rest] = text.split("/");
  if (first === "" || name === "" || rest.length > 0) {
    throw new SyntaxError(
      `Cannot read key ${JSON.stringify(text)}: ` +
        `expected "name" or "namespace/name"`,
    );
  }
  return name === undefined ? { name: first } : { namespace: first, name };
}
