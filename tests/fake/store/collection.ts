import { compareText } from "../merge/json_value.ts";
import { keysAfter, mergedKeys, SortedKeys } from "./sorted_keys.ts";
import type { StoreEvent } from "./store_event.ts";
import type { StoredObject } from "./stored_object.ts";

/** Changes that a collection remembers before it forgets the oldest. */
const HISTORY = 20_000;

/** The objects of a collection at one moment. */
export interface CollectionView {
  /** Their keys in order. */
  readonly keys: readonly string[];
  /** Finds an object by its key. */
  get(key: string): StoredObject | undefined;
}

/** The objects of one resource, all namespaces, and their latest changes. */
export class Collection implements CollectionView {
  readonly #items = new Map<string, StoredObject>();
  readonly #keys = new SortedKeys();
  readonly #events: StoreEvent[] = [];
  readonly #watchers = new Set<(event: StoreEvent) => void>();
  #compacted: number;

  /**
   * Makes a collection.
   *
   * @param revision The revision at which its history begins.
   * @param items What is in it.
   */
  constructor(revision: number, items: readonly StoredObject[] = []) {
    this.#compacted = revision;
    for (const item of items) {
      this.#items.set(item.key, item);
      this.#keys.add(item.key);
    }
  }

  /** Changes up to this revision are forgotten. */
  get compacted(): number {
    return this.#compacted;
  }

  /** How many objects there are. */
  get size(): number {
    return this.#items.size;
  }

  /** The keys of the objects in order. */
  get keys(): readonly string[] {
    return this.#keys.all;
  }

  /** Finds an object by its key. */
  get(key: string): StoredObject | undefined {
    return this.#items.get(key);
  }

  /** The objects in the order of their keys. */
  *values(prefix = ""): Generator<StoredObject> {
    for (const key of keysAfter(this.keys, prefix)) {
      const item = this.#items.get(key);
      if (item !== undefined) yield item;
    }
  }

  /** Applies a change, remembers it and tells the watchers. */
  record(event: StoreEvent): void {
    const { key } = event.current;
    if (event.type === "DELETED") this.#items.delete(key);
    else this.#items.set(key, event.current);
    if (event.type === "ADDED") this.#keys.add(key);
    else if (event.type === "DELETED") this.#keys.delete(key);
    this.#events.push(event);
    if (this.#events.length > 2 * HISTORY) {
      const [last] = this.#events.splice(0, HISTORY).slice(-1);
      this.#compacted = last?.revision ?? this.#compacted;
    }
    for (const watcher of [...this.#watchers]) watcher(event);
    event.forgetLines();
  }

  /** The remembered changes after a revision. */
  since(revision: number): readonly StoreEvent[] {
    let start = this.#events.length;
    while (start > 0 && (this.#events[start - 1]?.revision ?? 0) > revision) {
      start--;
    }
    return this.#events.slice(start);
  }

  /**
   * The objects as they were at a revision that is not forgotten.
   *
   * @param revision The revision.
   * @returns The objects of that moment.
   */
  at(revision: number): CollectionView {
    const former = new Map<string, StoredObject | undefined>();
    for (const { current: { key }, previous } of this.since(revision)) {
      if (!former.has(key)) former.set(key, previous);
    }
    if (former.size === 0) return this;
    const changed = [...former].filter(([, item]) => item !== undefined);
    return {
      keys: mergedKeys(
        this.keys.filter((key) => !former.has(key)),
        changed.map(([key]) => key).sort(compareText),
      ),
      get: (key) => former.has(key) ? former.get(key) : this.#items.get(key),
    };
  }

  /** Calls back on each change; returns what ends that. */
  subscribe(watcher: (event: StoreEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Forgets all changes up to a revision. */
  compact(revision: number): void {
    this.#events.splice(0, this.#events.length - this.since(revision).length);
    this.#compacted = Math.max(this.#compacted, revision);
  }
}
