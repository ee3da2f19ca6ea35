/**
 * Finds the keys of objects by a value that is read from them.
 *
 * Lean for values that one object has, as owner uids: such a value holds its
 * key alone, and a set only from the second key on.
 *
 * @typeParam T The object type.
 */
export class ObjectIndex<T> {
  readonly #values: (object: T) => readonly string[];
  readonly #keys = new Map<string, string | Set<string>>();

  /**
   * Makes an empty index.
   *
   * @param values Reads the values of an object; the same ones each time.
   */
  constructor(values: (object: T) => readonly string[]) {
    this.#values = values;
  }

  /**
   * Reads the keys of the objects that have a value.
   *
   * @param value The value.
   * @returns The keys; valid until the index changes.
   */
  get(value: string): Iterable<string> {
    const keys = this.#keys.get(value);
    return keys === undefined ? [] : typeof keys === "string" ? [keys] : keys;
  }

  /**
   * Takes note that an object came, changed or went.
   *
   * @param key Its key.
   * @param old The object before, `undefined` if it came.
   * @param object The object now, `undefined` if it went.
   */
  update(key: string, old: T | undefined, object: T | undefined): void {
    const before = old === undefined ? [] : this.#values(old);
    const after = object === undefined ? [] : this.#values(object);
    for (const value of before) {
      if (!after.includes(value)) this.#remove(value, key);
    }
    for (const value of after) this.#add(value, key);
  }

  #add(value: string, key: string): void {
    const keys = this.#keys.get(value);
    if (keys === undefined) this.#keys.set(value, key);
    else if (typeof keys !== "string") keys.add(key);
    else if (keys !== key) this.#keys.set(value, new Set([keys, key]));
  }

  #remove(value: string, key: string): void {
    const keys = this.#keys.get(value);
    if (keys === undefined) return;
    if (typeof keys !== "string") keys.delete(key);
    if (keys === key || (typeof keys !== "string" && keys.size === 0)) {
      this.#keys.delete(value);
    }
  }
}
