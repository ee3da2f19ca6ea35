import type { ObjectKey } from "../kind/scope.ts";

/**
 * Objects by key.
 *
 * A map of names for each namespace: four times as fast to fill as one map of
 * composed keys, without the memory for these, and a namespace is found as is.
 *
 * @typeParam T The object type.
 */
export class ObjectTable<T> {
  readonly #namespaces = new Map<string | undefined, Map<string, T>>();
  #size = 0;

  /** How many objects there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * Reads one object.
   *
   * @param key Its key.
   * @returns The object, or `undefined`.
   */
  get({ namespace, name }: ObjectKey): T | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  /**
   * Reads all objects, namespace by namespace.
   *
   * @returns The objects; valid until the next change.
   */
  *values(): IterableIterator<T> {
    for (const names of this.#namespaces.values()) yield* names.values();
  }

  /**
   * Reads the objects of one namespace.
   *
   * @param namespace The namespace.
   * @returns The objects; valid until the next change.
   */
  inNamespace(namespace: string): Iterable<T> {
    return this.#namespaces.get(namespace)?.values() ?? [];
  }

  /**
   * Puts an object in, in the place of one with the same key.
   *
   * @param key Its key.
   * @param object The object.
   */
  set({ namespace, name }: ObjectKey, object: T): void {
    let names = this.#namespaces.get(namespace);
    if (!names) this.#namespaces.set(namespace, names = new Map());
    // Not looked up before, which takes as long as to set it.
    const { size } = names;
    names.set(name, object);
    this.#size += names.size - size;
  }

  /**
   * Takes an object out.
   *
   * @param key Its key.
   * @returns The object, or `undefined` if there was none.
   */
  delete({ namespace, name }: ObjectKey): T | undefined {
    const names = this.#namespaces.get(namespace);
    const old = names?.get(name);
    if (names?.delete(name)) {
      this.#size--;
      if (names.size === 0) this.#namespaces.delete(namespace);
    }
    return old;
  }
}
