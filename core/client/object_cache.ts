import type { ObjectKey } from "../kind/scope.ts";
import type { Writer } from "./writer.ts";

/** What a reader wants to find in a cache. */
export interface CacheQuery {
  /** The namespace, or all of them when absent. */
  readonly namespace?: string | undefined;
  /** Labels that every wanted object carries. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** What came of a write, as the cache needs to know it. */
export interface WriteResult<T> {
  /** The object as the API server returned it. */
  readonly object?: T | undefined;
  /** Uid of an object that is gone because of the write. */
  readonly goneUid?: string | undefined;
  /** Who wrote. */
  readonly writer?: Writer | undefined;
}

/**
 * A live copy of objects of one kind, which informers offer and the client's
 * writers feed, so that they can read what they wrote.
 *
 * @typeParam T The object type.
 */
export interface ObjectCache<T> {
  /**
   * Whether the cache is complete for a query.
   *
   * @param query What is looked for.
   * @returns Whether every object that matches is in the cache.
   */
  covers(query: CacheQuery): boolean;
  /**
   * Reads one object.
   *
   * @param key The key.
   * @returns The object, or `undefined`.
   */
  get(key: ObjectKey): T | undefined;
  /**
   * Reads all objects.
   *
   * @param options The namespace, or all of them.
   * @returns The objects.
   */
  list(options?: { readonly namespace?: string | undefined }): readonly T[];
  /**
   * Reads the objects with a label.
   *
   * @param label Key of the label.
   * @param value Value of the label.
   * @returns The objects.
   */
  byLabel(label: string, value: string): readonly T[];
  /**
   * Says that a write is on its way.
   *
   * @param key The key of the object.
   */
  beginWrite(key: ObjectKey): void;
  /**
   * Says how a write ended; each {@linkcode beginWrite} is followed by one.
   *
   * @param key The key of the object.
   * @param result What came of it; empty when it failed.
   */
  endWrite(key: ObjectKey, result: WriteResult<T>): void;
}
