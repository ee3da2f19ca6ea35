/** What a store says of an object without handing it out. */
export interface StoredObject {
  /** What it is called; any text, never a path. */
  readonly key: string;
  /** How long it is, in bytes. */
  readonly size: number;
  /** What changes with its content; compared as text, nothing else. */
  readonly etag?: string | undefined;
  /** When it was written last, as the store says it. */
  readonly lastModified?: Date | undefined;
}

/** Options of {@linkcode ObjectStore.list}. */
export interface ListObjectsOptions {
  /** Ends the listing. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode ObjectStore.get}. */
export interface GetObjectOptions {
  /** Ends the reading. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The most bytes.
   *
   * @default {10485760}
   */
  readonly maxBytes?: number | undefined;
}

/**
 * Something that holds objects by key: a bucket, a container, a folder.
 *
 * @example A store of your own
 * ```ts
 * import { type ObjectStore, objectStorePoller } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const clock: ObjectStore = {
 *   name: "clock",
 *   async *list() {
 *     yield { key: "hour", size: 1, etag: "7" };
 *   },
 *   get: () => Promise.resolve(new Uint8Array([7])),
 * };
 * const [event] = await objectStorePoller(clock).poll(new AbortController());
 * assertEquals(event?.key, "hour");
 * ```
 */
export interface ObjectStore {
  /** What to call it in logs and errors; holds no secret. */
  readonly name: string;
  /**
   * Lists objects.
   *
   * @param prefix How their keys begin; empty for all.
   * @param options What ends it.
   * @returns All of them, each once; throws if it cannot list all.
   */
  list(
    prefix: string,
    options?: ListObjectsOptions,
  ): AsyncIterable<StoredObject>;
  /**
   * Reads an object.
   *
   * @param key Its key, as the listing has it.
   * @param options What ends it, and how much it may be.
   * @returns Its content; `undefined` if there is none, or no store: a listing
   *   tells which.
   * @throws {PollError} If it cannot be read, or is too large.
   */
  get(
    key: string,
    options?: GetObjectOptions,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>;
}
