import { compareText } from "../merge/json_value.ts";

/** Keys in order, which are sorted when they are read, not when they change. */
export class SortedKeys {
  #sorted: readonly string[] = [];
  readonly #added = new Set<string>();
  readonly #removed = new Set<string>();

  /** Adds a key that is not there. */
  add(key: string): void {
    if (!this.#removed.delete(key)) this.#added.add(key);
  }

  /** Removes a key that is there. */
  delete(key: string): void {
    if (!this.#added.delete(key)) this.#removed.add(key);
  }

  /** The keys in order; the array never changes. */
  get all(): readonly string[] {
    if (this.#added.size > 0 || this.#removed.size > 0) {
      const kept = this.#removed.size === 0
        ? this.#sorted
        : this.#sorted.filter((key) => !this.#removed.has(key));
      this.#sorted = mergedKeys(kept, [...this.#added].sort(compareText));
      this.#added.clear();
      this.#removed.clear();
    }
    return this.#sorted;
  }
}

/**
 * Merges keys.
 *
 * @param a Keys in order.
 * @param b Other keys in order.
 * @returns All keys in order.
 */
export function mergedKeys(
  a: readonly string[],
  b: readonly string[],
): readonly string[] {
  if (b.length === 0) return a;
  const merged: string[] = [];
  let at = 0;
  for (const key of b) {
    const end = firstFrom(a, (other) => compareText(other, key) > 0, at);
    while (at < end) merged.push(a[at++] ?? "");
    merged.push(key);
  }
  while (at < a.length) merged.push(a[at++] ?? "");
  return merged;
}

/**
 * Finds the keys that a list shows.
 *
 * @param keys Keys in order.
 * @param prefix Start of the keys.
 * @param after The key after which they begin; empty for the first.
 * @returns The keys.
 */
export function keysAfter(
  keys: readonly string[],
  prefix: string,
  after = "",
): readonly string[] {
  const start = firstFrom(
    keys,
    (key) => compareText(key, prefix) >= 0 && compareText(key, after) > 0,
  );
  if (prefix === "") return start === 0 ? keys : keys.slice(start);
  const end = firstFrom(keys, (key) => !key.startsWith(prefix), start);
  return keys.slice(start, end);
}

/** The first place from which on something is so. */
function firstFrom(
  keys: readonly string[],
  isSo: (key: string) => boolean,
  from = 0,
): number {
  let low = from;
  let high = keys.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (isSo(keys[middle] ?? "")) high = middle;
    else low = middle + 1;
  }
  return low;
}
