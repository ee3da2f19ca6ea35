/**
 * Finds objects by a value that is read from them.
 *
 * Lean for values that one object has, as owner uids: such a value holds its
 * object alone, and a set only from the second one on.
 *
 * @typeParam T The object type.
 */
export class ObjectIndex<T extends object> {
  readonly #values: (object: T) => readonly string[];
  readonly #objects = new Map<string, T | Set<T>>();

  /**
   * Makes an empty index.
   *
   * @param values Reads the values of an object; the same ones each time.
   */
  constructor(values: (object: T) => readonly string[]) {
    this.#values = values;
  }

  /**
   * Reads the objects that have a value.
   *
   * @param value The value.
   * @returns The objects; valid until the next change.
   */
  get(value: string): Iterable<T> {
    const found = this.#objects.get(value);
    return found === undefined ? [] : found instanceof Set ? found : [found];
  }

  /**
   * Puts an object in.
   *
   * @param object The object.
   */
  add(object: T): void {
    for (const value of this.#values(object)) {
      const found = this.#objects.get(value);
      if (found === undefined) this.#objects.set(value, object);
      else if (found instanceof Set) found.add(object);
      else if (found !== object) {
        this.#objects.set(value, new Set([found, object]));
      }
    }
  }

  /**
   * Takes an object out; harmless when it is not in.
   *
   * @param object The same object that was put in.
   */
  delete(object: T): void {
    for (const value of this.#values(object)) {
      const found = this.#objects.get(value);
      if (found instanceof Set) found.delete(object);
      if (found === object || (found instanceof Set && found.size === 0)) {
        this.#objects.delete(value);
      }
    }
  }
}
