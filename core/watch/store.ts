import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { deepFreeze } from "./deep_freeze.ts";
import type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";
import type { StoreChange } from "./store_change.ts";
import { type IndexFunction, StoreContents } from "./store_contents.ts";
import {
  type Before,
  prepareReplacement,
  type Replacement,
} from "./store_replacement.ts";

export type { StoreChange } from "./store_change.ts";
export type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";

/**
 * Options of a {@linkcode Store}.
 *
 * @typeParam T The object type.
 */
export interface StoreOptions<T> {
  /**
   * Indexes by name; each reads the values under which an object is found.
   *
   * @default {none}
   */
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>> | undefined;
}

/**
 * Objects of one kind in memory, by key.
 *
 * The reading methods freeze an object when they first hand it out, so that
 * filling a store costs no more than a map. What `set`, `delete` and `replace`
 * return is as it was put in: freeze it before others see it.
 *
 * @example Find objects by key, label and index
 * ```ts
 * import { Store } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new Store({ indexes: { byUid: (o) => [o.metadata.uid] } });
 * const metadata = {
 *   name: "web", namespace: "default", uid: "1", resourceVersion: "7",
 *   creationTimestamp: "2025-01-01T00:00:00Z", labels: { app: "web" },
 * };
 * store.set({ apiVersion: "v1", kind: "ConfigMap", metadata });
 *
 * assertEquals(store.get(metadata)?.metadata.uid, "1");
 * assertEquals(store.byLabel("app", "web").length, 1);
 * assertEquals(store.byIndex("byUid", "1").length, 1);
 * ```
 *
 * @typeParam T The object type.
 */
export class Store<T extends KubeObject> implements ReadonlyStore<T> {
  readonly #functions = new Map<string, IndexFunction<T>>();
  #contents: StoreContents<T>;

  /**
   * Makes an empty store.
   *
   * @param options Its indexes.
   */
  constructor(options?: StoreOptions<T>) {
    this.#contents = new StoreContents(this.#functions);
    this.addIndexes(options?.indexes ?? {});
  }

  /** How many objects there are. */
  get size(): number {
    return this.#contents.table.size;
  }

  /**
   * Reads one object.
   *
   * @param key Its key; the metadata of an object is one.
   * @returns The object, or `undefined`.
   */
  get(key: ObjectKey): T | undefined {
    return deepFreeze(this.#contents.table.get(key));
  }

  /**
   * Reads all objects, or those of one namespace.
   *
   * @param options Which of them.
   * @returns A new array.
   */
  list(options?: StoreListOptions): T[] {
    const { namespace } = options ?? {};
    const { table } = this.#contents;
    const objects = namespace === undefined
      ? table.values()
      : table.inNamespace(namespace);
    return Array.from(objects, deepFreeze);
  }

  /**
   * Reads the keys of all objects.
   *
   * @returns A new array.
   */
  keys(): ObjectKey[] {
    return Array.from(this.#contents.table.values(), ({ metadata }) => {
      const { name, namespace } = metadata;
      return namespace === undefined ? { name } : { name, namespace };
    });
  }

  /**
   * Reads the objects that carry a label.
   *
   * @param label Key of the label.
   * @param value Value of the label.
   * @returns A new array.
   */
  byLabel(label: string, value: string): T[] {
    const index = this.#contents.label(label);
    return Array.from(index.get(value), deepFreeze);
  }

  /**
   * Reads the objects that have a value in an index.
   *
   * @param index Name of the index.
   * @param value The value.
   * @returns A new array.
   * @throws {TypeError} If there is no such index.
   */
  byIndex(index: string, value: string): T[] {
    const found = this.#contents.index(index);
    if (!found) {
      const names = [...this.#functions.keys()].join(", ") || "none";
      throw new TypeError(
        `Cannot read index "${index}": the store has ${names}`,
      );
    }
    return Array.from(found.get(value), deepFreeze);
  }

  /**
   * Puts an object in, in the place of one with the same key.
   *
   * @param object The object.
   * @returns The one it replaces; its uid may be another.
   */
  set(object: T): T | undefined {
    return this.#contents.set(object);
  }

  /**
   * Takes an object out.
   *
   * @param key Its key.
   * @returns The object, or `undefined` if there was none.
   */
  delete(key: ObjectKey): T | undefined {
    return this.#contents.delete(key);
  }

  /**
   * Replaces everything at once.
   *
   * An object whose uid and resourceVersion are unchanged stays as it is.
   *
   * @param objects All objects there are now.
   * @returns What differs; an object with another uid is deleted, then added.
   */
  replace(objects: readonly T[]): StoreChange<T>[] {
    const steps = this.prepare(objects, {
      get: (key) => this.#contents.table.get(key),
      others: () => [],
    });
    for (;;) {
      const { done, value } = steps.next();
      if (!done) continue;
      value.commit();
      return [...value.changes];
    }
  }

  /**
   * Prepares to replace everything, in small steps: with many objects it takes
   * long, and others want to read and write meanwhile.
   *
   * @param objects All objects there are now.
   * @param before What the changes are counted from.
   * @returns The replacement, after some steps.
   */
  *prepare(
    objects: readonly T[],
    before: Before<T>,
  ): Generator<void, Replacement<T>, undefined> {
    const options = { contents: this.#contents, before };
    const { contents, changes } = yield* prepareReplacement(objects, options);
    return { changes, commit: () => void (this.#contents = contents) };
  }

  /**
   * Adds indexes; one that is there already stays.
   *
   * @param indexes The indexes by name.
   * @throws {TypeError} If there is another index of that name.
   */
  addIndexes(indexes: Readonly<Record<string, IndexFunction<T>>>): void {
    for (const [name, read] of Object.entries(indexes)) {
      const known = this.#functions.get(name) ?? read;
      if (known !== read) {
        throw new TypeError(
          `Cannot add index "${name}": there is another one of that name`,
        );
      }
      this.#functions.set(name, read);
      this.#contents.index(name);
    }
  }
}
