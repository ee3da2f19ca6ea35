import { isObject } from "../merge/json_value.ts";

/**
 * Reads a value at a simple path.
 *
 * @param value Where to start.
 * @param path Names of fields, e.g. `["spec", "replicas"]`.
 * @returns The value; `undefined` if there is none.
 */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

/**
 * Copies an object with a value set at a simple path.
 *
 * @param object The object; not changed.
 * @param change Where, and the value there; `undefined` removes it.
 * @returns The copy.
 */
export function withValueAt(
  object: Readonly<Record<string, unknown>>,
  change: { readonly path: readonly string[]; readonly value: unknown },
): Readonly<Record<string, unknown>> {
  const [name, ...rest] = change.path;
  if (name === undefined) return object;
  const copy: Record<string, unknown> = { ...object };
  if (rest.length > 0) {
    const child = object[name];
    const value = isObject(child) ? child : {};
    copy[name] = withValueAt(value, { path: rest, value: change.value });
  } else if (change.value === undefined) delete copy[name];
  else copy[name] = change.value;
  return copy;
}
