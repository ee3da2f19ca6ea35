import type { Kind } from "../kind/kind.ts";
import type { ApiError } from "./api_error.ts";
import type { CacheRegistry } from "./cache_registry.ts";
import type { PageOptions, WatchOptions } from "./request_options.ts";

/**
 * One page of a list.
 *
 * @typeParam T The object type.
 */
export interface Page<T> {
  /** The objects. */
  readonly items: readonly T[];
  /** Where to start a watch. */
  readonly resourceVersion: string;
}

/**
 * One event of a watch.
 *
 * @typeParam T The object type.
 */
export type WatchEvent<T> =
  | {
    /** What happened. */
    readonly type: "ADDED" | "MODIFIED" | "DELETED";
    /** The object after it. */
    readonly object: T;
  }
  | {
    /** Nothing happened up to a version. */
    readonly type: "BOOKMARK";
    /** The version. */
    readonly resourceVersion: string;
    /** Whether all objects that existed have been sent. */
    readonly initialEventsEnd: boolean;
  }
  | {
    /** The stream failed. */
    readonly type: "ERROR";
    /** Why. */
    readonly error: ApiError;
  };

/**
 * All that readers of a kind need; covariant in the object type.
 *
 * @typeParam T The object type.
 */
export interface ResourceReader<T> {
  /** The kind. */
  readonly kind: Kind;
  /**
   * Lists page by page.
   *
   * @param options Namespace, filters, page size.
   * @returns The pages.
   */
  pages(options?: PageOptions): AsyncIterableIterator<Page<T>>;
  /**
   * Watches on one connection; each batch holds what arrived together.
   *
   * @param options Namespace, filters, where to start.
   * @returns The batches.
   */
  watchBatches(
    options?: WatchOptions,
  ): AsyncIterableIterator<readonly WatchEvent<T>[]>;
}

/**
 * What informers need of a kind: its readers, and who else reads and writes.
 *
 * @typeParam T The object type.
 */
export interface InformedReader<T> extends ResourceReader<T> {
  /** The running informers of the client, which hear of every write. */
  readonly caches: CacheRegistry;
}
