import type { StoredObject } from "./object_store.ts";
import { PollError } from "./poll_error.ts";

/** One page of a listing. */
export interface StorePage {
  /** Its objects. */
  readonly objects: readonly StoredObject[];
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: string | undefined;
}

/** Options of {@linkcode storePages}. */
export interface StorePagesOptions {
  /** The name of the store. */
  readonly store: string;
  /**
   * Asks for a page.
   *
   * @param token Where it begins; `undefined` for the first one.
   * @returns The page.
   */
  readonly fetchPage: (token: string | undefined) => Promise<StorePage>;
  /** Ends the listing. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lists all pages.
 *
 * @example Refuse a listing that turns in circles
 * ```ts
 * import { storePages } from "./store_pages.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const pages = storePages({
 *   store: "s3://bucket",
 *   fetchPage: () => Promise.resolve({ objects: [], next: "again" }),
 * });
 * await assertRejects(() => Array.fromAsync(pages), Error, "turns in circles");
 * ```
 *
 * @param options The store, and how to ask.
 * @returns The objects of all pages; throws if a page fails or comes again.
 */
export async function* storePages(
  { store, fetchPage, signal }: StorePagesOptions,
): AsyncIterableIterator<StoredObject> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    signal?.throwIfAborted();
    const { objects, next } = await fetchPage(token);
    yield* objects;
    if (next !== undefined && seen.size === seen.add(next).size) {
      throw new PollError(
        `Cannot list "${store}": the listing turns in circles`,
      );
    }
    token = next;
  } while (token !== undefined);
}
