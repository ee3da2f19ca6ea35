import type { StoredObject } from "./object_store.ts";

/** Options of {@linkcode ObjectSnapshot.compare}. */
export interface CompareOptions {
  /** How many listings in a row must lack an object. */
  readonly removeAfter: number;
  /** The part of what is known that may go at once, from 0 to 1. */
  readonly maxRemoved: number;
}

/** What differs between a listing and what is known. */
export interface ListingChanges {
  /** Those that are new. */
  readonly added: readonly StoredObject[];
  /** Those that were written again. */
  readonly modified: readonly StoredObject[];
  /** Those that are gone, as they were known. */
  readonly removed: readonly StoredObject[];
  /** How many are missing, but may come back: too many at once. */
  readonly held: number;
}

/** As few may always go at once. */
const fewObjects = 10;

/**
 * What the consumer of a store knows of its objects.
 *
 * @example Compare
 * ```ts
 * import { ObjectSnapshot } from "./object_snapshot.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const snapshot = new ObjectSnapshot();
 * const object = { key: "a", size: 1, etag: "1" };
 * const options = { removeAfter: 1, maxRemoved: 0.5 };
 * const listing = new Map([["a", object]]);
 * assertEquals(snapshot.compare(listing, options).added, [object]);
 *
 * snapshot.set(object);
 * assertEquals(snapshot.compare(listing, options).added, []);
 * assertEquals(snapshot.compare(new Map(), options).removed, [object]);
 * ```
 */
export class ObjectSnapshot {
  readonly #known = new Map<string, StoredObject>();
  /** How many listings in a row have lacked a key. */
  readonly #missing = new Map<string, number>();

  /** How many objects are known. */
  get size(): number {
    return this.#known.size;
  }

  /**
   * Compares a complete listing with what is known.
   *
   * @param listing The objects by key.
   * @param options When an object counts as removed.
   * @returns The changes, sorted by key.
   */
  compare(
    listing: ReadonlyMap<string, StoredObject>,
    { removeAfter, maxRemoved }: CompareOptions,
  ): ListingChanges {
    const added: StoredObject[] = [];
    const modified: StoredObject[] = [];
    for (const object of listing.values()) {
      this.#missing.delete(object.key);
      const known = this.#known.get(object.key);
      if (known === undefined) added.push(object);
      else if (versionOf(known) !== versionOf(object)) modified.push(object);
    }
    const missing: StoredObject[] = [];
    for (const [key, object] of this.#known) {
      if (!listing.has(key)) missing.push(object);
    }
    const many = missing.length >= fewObjects &&
      missing.length > this.#known.size * maxRemoved;
    const needed = many ? Math.max(removeAfter, 2) : removeAfter;
    const removed = missing.filter(({ key }) => {
      const times = (this.#missing.get(key) ?? 0) + 1;
      this.#missing.set(key, times);
      return times >= needed;
    });
    return {
      added: added.sort(byKey),
      modified: modified.sort(byKey),
      removed: removed.sort(byKey),
      held: many ? missing.length - removed.length : 0,
    };
  }

  /**
   * Learns that the consumer knows an object.
   *
   * @param object The object.
   */
  set(object: StoredObject): void {
    this.#known.set(object.key, object);
  }

  /**
   * Learns that the consumer knows that an object is gone.
   *
   * @param key Its key.
   */
  delete(key: string): void {
    this.#known.delete(key);
    this.#missing.delete(key);
  }
}

/** An ETag may be anything; without one, size and time are all there is. */
function versionOf({ etag, size, lastModified }: StoredObject): string {
  return etag ?? `${size} ${lastModified?.getTime() ?? ""}`;
}

/** By UTF-16 code units, the same everywhere. */
function byKey(a: StoredObject, b: StoredObject): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
