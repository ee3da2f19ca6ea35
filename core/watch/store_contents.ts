import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { deepFreeze } from "./deep_freeze.ts";
import { ObjectIndex } from "./object_index.ts";
import { ObjectTable } from "./object_table.ts";

/**
 * Reads the values under which an object is found.
 *
 * @typeParam T The object type.
 */
export type IndexFunction<T> = (object: T) => readonly string[];

/**
 * The objects of a store and its indexes, which always fit together.
 *
 * @typeParam T The object type.
 */
export class StoreContents<T extends KubeObject> {
  /** The objects. */
  readonly table = new ObjectTable<T>();
  readonly #functions: ReadonlyMap<string, IndexFunction<T>>;
  readonly #indexes = new Map<string, ObjectIndex<T>>();
  readonly #labels = new Map<string, ObjectIndex<T>>();

  /**
   * Holds nothing yet.
   *
   * @param functions The indexes by name; may get more later.
   */
  constructor(functions: ReadonlyMap<string, IndexFunction<T>>) {
    this.#functions = functions;
    for (const name of functions.keys()) this.index(name);
  }

  /**
   * Makes contents without objects, and with the same indexes.
   *
   * @returns The contents.
   */
  empty(): StoreContents<T> {
    const contents = new StoreContents<T>(this.#functions);
    for (const label of this.#labels.keys()) contents.label(label);
    return contents;
  }

  /**
   * The index of a name.
   *
   * @param name The name.
   * @returns The index; `undefined` without a function for it.
   */
  index(name: string): ObjectIndex<T> | undefined {
    const known = this.#indexes.get(name);
    const read = this.#functions.get(name);
    if (known !== undefined || read === undefined) return known;
    const index = this.#fill((object) => read(deepFreeze(object)));
    this.#indexes.set(name, index);
    return index;
  }

  /**
   * The index of the values of a label, made on first use.
   *
   * @param label Key of the label.
   * @returns The index.
   */
  label(label: string): ObjectIndex<T> {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const index = this.#fill(({ metadata }) => {
      const value = metadata.labels?.[label];
      return value === undefined ? [] : [value];
    });
    this.#labels.set(label, index);
    return index;
  }

  /**
   * Puts an object in, in the place of one with the same key.
   *
   * @param object The object.
   * @returns The one it replaces.
   */
  set(object: T): T | undefined {
    const old = this.table.get(object.metadata);
    this.table.set(object.metadata, object);
    this.reindex(old, object);
    return old;
  }

  /**
   * Takes an object out.
   *
   * @param key Its key.
   * @returns The object, or `undefined` if there was none.
   */
  delete(key: ObjectKey): T | undefined {
    const old = this.table.delete(key);
    this.reindex(old, undefined);
    return old;
  }

  /**
   * Makes the indexes fit to a change of the table.
   *
   * @param old What is no longer in it.
   * @param object What is in it now.
   */
  reindex(old: T | undefined, object: T | undefined): void {
    for (const indexes of [this.#indexes, this.#labels]) {
      for (const index of indexes.values()) {
        if (old !== undefined) index.delete(old);
        if (object !== undefined) index.add(object);
      }
    }
  }

  #fill(values: IndexFunction<T>): ObjectIndex<T> {
    const index = new ObjectIndex<T>(values);
    for (const object of this.table.values()) index.add(object);
    return index;
  }
}
