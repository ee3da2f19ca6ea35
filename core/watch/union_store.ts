import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";

/**
 * Where the stores of a {@linkcode UnionStore} are; a map is one.
 *
 * @typeParam T The object type.
 */
export interface StoresByNamespace<T> {
  /**
   * Finds the store of a namespace.
   *
   * @param namespace The namespace.
   * @returns The store, if there is one.
   */
  get(namespace: string): ReadonlyStore<T> | undefined;
  /**
   * Finds all stores.
   *
   * @returns The stores.
   */
  values(): Iterable<ReadonlyStore<T>>;
}

/**
 * Several stores, of a namespace each, that read as one.
 *
 * @example Read from two namespaces
 * ```ts
 * import { Store } from "@koprs/koprs/core";
 * import { UnionStore } from "./union_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const stores = new Map([["a", new Store()], ["b", new Store()]]);
 * const union = new UnionStore(stores);
 * assertEquals([union.size, union.get({ name: "x", namespace: "a" })], [0, undefined]);
 * ```
 *
 * @typeParam T The object type.
 */
export class UnionStore<T extends KubeObject> implements ReadonlyStore<T> {
  readonly #stores: StoresByNamespace<T>;

  /**
   * Reads stores as one.
   *
   * @param stores The stores by namespace; may change later.
   */
  constructor(stores: StoresByNamespace<T>) {
    this.#stores = stores;
  }

  /** How many objects there are. */
  get size(): number {
    return this.#all(({ size }) => [size]).reduce((sum, size) => sum + size, 0);
  }

  /** Reads one object. */
  get(key: ObjectKey): T | undefined {
    return this.#stores.get(key.namespace ?? "")?.get(key);
  }

  /** Reads all objects, or those of one namespace. */
  list(options?: StoreListOptions): T[] {
    const { namespace } = options ?? {};
    return namespace === undefined
      ? this.#all((store) => store.list())
      : this.#stores.get(namespace)?.list() ?? [];
  }

  /** Reads the keys of all objects. */
  keys(): ObjectKey[] {
    return this.#all((store) => store.keys());
  }

  /** Reads the objects that carry a label. */
  byLabel(label: string, value: string): T[] {
    return this.#all((store) => store.byLabel(label, value));
  }

  /** Reads the objects that have a value in an index. */
  byIndex(index: string, value: string): T[] {
    return this.#all((store) => store.byIndex(index, value));
  }

  #all<R>(read: (store: ReadonlyStore<T>) => R[]): R[] {
    return [...this.#stores.values()].flatMap(read);
  }
}
