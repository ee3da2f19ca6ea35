import { type Kind, kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import type { CacheQuery, ObjectCache, WriteResult } from "./object_cache.ts";
import { currentWriter } from "./writer.ts";

/**
 * The caches of one client, by kind; informers add themselves while they run.
 *
 * @example Nothing is cached until an informer runs
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { CacheRegistry } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const caches = new CacheRegistry();
 * const key = { name: "app", namespace: "default" };
 * assertEquals(caches.get(ConfigMap, key), undefined);
 * ```
 */
export class CacheRegistry {
  readonly #caches = new Map<string, Set<ObjectCache<KubeObject>>>();
  #metadata: CacheRegistry | undefined;

  /**
   * The caches that hold metadata only; they hear of every write, too, and
   * are never mistaken for those that hold whole objects.
   */
  get metadata(): CacheRegistry {
    return this.#metadata ??= new CacheRegistry();
  }

  /**
   * Adds a cache.
   *
   * @typeParam T The object type.
   * @param kind The kind of its objects.
   * @param cache The cache.
   * @returns Removes it again.
   */
  add<T extends KubeObject>(
    kind: Kind,
    cache: ObjectCache<T>,
  ): () => void {
    const id = kindId(kind);
    const caches = this.#caches.get(id) ?? new Set();
    // Registered under the id of its own kind, so it only meets its own type.
    const entry = cache as unknown as ObjectCache<KubeObject>;
    this.#caches.set(id, caches.add(entry));
    return () => {
      caches.delete(entry);
      if (caches.size === 0) this.#caches.delete(id);
    };
  }

  /**
   * Looks an object up.
   *
   * @typeParam T The object type.
   * @param kind The kind.
   * @param key The key.
   * @returns The object as last seen or written, or `undefined`.
   */
  get<T extends KubeObject>(
    kind: Kind,
    key: ObjectKey,
  ): T | undefined {
    for (const cache of this.#caches.get(kindId(kind)) ?? []) {
      const object = cache.get(key);
      if (object !== undefined) return object as unknown as T;
    }
    return undefined;
  }

  /**
   * Finds a cache that holds everything a query asks for.
   *
   * @typeParam T The object type.
   * @param kind The kind.
   * @param query What is looked for.
   * @returns The cache, or `undefined`.
   */
  find<T extends KubeObject>(
    kind: Kind,
    query: CacheQuery,
  ): ObjectCache<T> | undefined {
    for (const cache of this.#caches.get(kindId(kind)) ?? []) {
      if (cache.covers(query)) return cache as unknown as ObjectCache<T>;
    }
    return undefined;
  }

  /**
   * Runs a write and tells the caches of the kind about it.
   *
   * @typeParam T The object type.
   * @typeParam R What the write returns.
   * @param kind The kind.
   * @param key The key that is written.
   * @param write Sends the write, and says what the caches shall know.
   * @returns What the write returned.
   */
  async write<T extends KubeObject, R>(
    kind: Kind,
    key: ObjectKey,
    write: () => Promise<
      { readonly value: R; readonly result: WriteResult<T> }
    >,
  ): Promise<R> {
    const whole = this.#of(kind);
    const partial = this.metadata.#of(kind);
    for (const cache of [...whole, ...partial]) cache.beginWrite(key);
    let result: WriteResult<KubeObject> = {};
    try {
      const done = await write();
      result = done.result;
      return done.value;
    } finally {
      const writer = currentWriter();
      const object = result.object && onlyMetadata(result.object);
      for (const cache of whole) cache.endWrite(key, { ...result, writer });
      for (const cache of partial) {
        cache.endWrite(key, { ...result, object, writer });
      }
    }
  }

  #of(kind: Kind): readonly ObjectCache<KubeObject>[] {
    return [...this.#caches.get(kindId(kind)) ?? []];
  }
}

function onlyMetadata({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  return { apiVersion, kind, metadata };
}
