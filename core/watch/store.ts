import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { deepFreeze } from "./deep_freeze.ts";
import { ObjectIndex } from "./object_index.ts";
import { ObjectTable } from "./object_table.ts";
import type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";

export type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";

/**
 * How a store differs after a change.
 *
 * @typeParam T The object type.
 */
export type StoreChange<T> =
  | {
    /** An object came. */
    readonly type: "added";
    /** The object. */
    readonly object: T;
  }
  | {
    /** An object changed. */
    readonly type: "modified";
    /** The object after the change. */
    readonly object: T;
    /** The object before it. */
    readonly old: T;
  }
  | {
    /** An object went. */
    readonly type: "deleted";
    /** Its last known state. */
    readonly object: T;
  };

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
  readonly indexes?:
    | Readonly<Record<string, (object: T) => readonly string[]>>
    | undefined;
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
  #objects = new ObjectTable<T>();
  readonly #indexes: ReadonlyMap<string, ObjectIndex<T>>;
  readonly #labels = new Map<string, ObjectIndex<T>>();

  /**
   * Makes an empty store.
   *
   * @param options Its indexes.
   */
  constructor(options?: StoreOptions<T>) {
    this.#indexes = new Map(
      Object.entries(options?.indexes ?? {}).map(([name, values]) => [
        name,
        new ObjectIndex<T>((object) => values(deepFreeze(object))),
      ]),
    );
  }

  /** How many objects there are. */
  get size(): number {
    return this.#objects.size;
  }

  /**
   * Reads one object.
   *
   * @param key Its key; the metadata of an object is one.
   * @returns The object, or `undefined`.
   */
  get(key: ObjectKey): T | undefined {
    return deepFreeze(this.#objects.get(key));
  }

  /**
   * Reads all objects, or those of one namespace.
   *
   * @param options Which of them.
   * @returns A new array.
   */
  list(options?: StoreListOptions): T[] {
    const { namespace } = options ?? {};
    const objects = namespace === undefined
      ? this.#objects.values()
      : this.#objects.inNamespace(namespace);
    return Array.from(objects, deepFreeze);
  }

  /**
   * Reads the keys of all objects.
   *
   * @returns A new array.
   */
  keys(): ObjectKey[] {
    return Array.from(this.#objects.values(), ({ metadata }) => {
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
    let index = this.#labels.get(label);
    if (!index) {
      index = new ObjectIndex(({ metadata }) => {
        const value = metadata.labels?.[label];
        return value === undefined ? [] : [value];
      });
      for (const object of this.#objects.values()) index.add(object);
      this.#labels.set(label, index);
    }
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
    const found = this.#indexes.get(index);
    if (!found) {
      const names = [...this.#indexes.keys()].join(", ") || "none";
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
    const old = this.#objects.set(object.metadata, object);
    this.#reindex(old, object);
    return old;
  }

  /**
   * Takes an object out.
   *
   * @param key Its key.
   * @returns The object, or `undefined` if there was none.
   */
  delete(key: ObjectKey): T | undefined {
    const old = this.#objects.delete(key);
    this.#reindex(old, undefined);
    return old;
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
    const before = this.#objects;
    const after = new ObjectTable<T>();
    for (const object of objects) after.set(object.metadata, object);
    const changes: StoreChange<T>[] = [];
    for (const object of before.values()) {
      if (after.get(object.metadata) !== undefined) continue;
      changes.push({ type: "deleted", object });
      this.#reindex(object, undefined);
    }
    for (const object of after.values()) {
      const old = before.get(object.metadata);
      if (old === undefined) {
        changes.push({ type: "added", object });
      } else if (old.metadata.uid !== object.metadata.uid) {
        changes.push({ type: "deleted", object: old });
        changes.push({ type: "added", object });
      } else if (
        old.metadata.resourceVersion !== object.metadata.resourceVersion
      ) {
        changes.push({ type: "modified", object, old });
      } else {
        after.set(object.metadata, old);
        continue;
      }
      this.#reindex(old, object);
    }
    this.#objects = after;
    return changes;
  }

  #reindex(old: T | undefined, object: T | undefined): void {
    for (const indexes of [this.#indexes, this.#labels]) {
      for (const index of indexes.values()) {
        if (old !== undefined) index.delete(old);
        if (object !== undefined) index.add(object);
      }
    }
  }
}
