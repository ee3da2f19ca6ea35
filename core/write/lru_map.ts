/**
 * A map of limited size; the entry used least recently goes first.
 *
 * @example Keep two entries
 * ```ts
 * import { LruMap } from "./lru_map.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const map = new LruMap<string, number>(2);
 * map.set("a", 1);
 * map.set("b", 2);
 * map.get("a");
 * map.set("c", 3);
 * assertEquals([map.get("a"), map.get("b"), map.get("c")], [1, undefined, 3]);
 * ```
 *
 * @typeParam K The type of the keys.
 * @typeParam V The type of the values.
 */
export class LruMap<K, V> {
  readonly #capacity: number;
  /** In the order of last use, as maps keep the order of insertion. */
  readonly #entries = new Map<K, V>();

  /**
   * Makes an empty map.
   *
   * @param capacity How many entries it holds at most.
   */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Reads an entry, which counts as a use.
   *
   * @param key The key.
   * @returns The value, or `undefined`.
   */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  /**
   * Writes an entry.
   *
   * @param key The key.
   * @param value The value.
   */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /**
   * Removes an entry.
   *
   * @param key The key.
   * @returns Whether it was there.
   */
  delete(key: K): boolean {
    return this.#entries.delete(key);
  }
}
