import { compareText } from "../merge/json_value.ts";
import type { StoreEvent } from "./store_event.ts";
import type { StoredObject } from "./stored_object.ts";

/** Changes that a collection remembers before it forgets the oldest. */
const HISTORY = 50_000;

/** The objects of one resource, all namespaces, and their latest changes. */
export class Collection {
  readonly #items = new Map<string, StoredObject>();
  readonly #events: StoreEvent[] = [];
  readonly #watchers = new Set<(event: StoreEvent) => void>();
  #keys: readonly string[] | undefined;
  #compacted: number;

  /**
   * Makes a collection.
   *
   * @param revision The revision at which its history begins.
   * @param items What is in it.
   */
  constructor(revision: number, items: readonly StoredObject[] = []) {
    this.#compacted = revision;
    for (const item of items) this.#items.set(item.key, item);
  }

  /** Changes up to this revision are forgotten. */
  get compacted(): number {
    return this.#compacted;
  }

  /** How many objects there are. */
  get size(): number {
    return this.#items.size;
  }

  /** Finds an object by its key. */
  get(key: string): StoredObject | undefined {
    return this.#items.get(key);
  }

  /** The objects in the order of their keys. */
  *values(prefix = ""): Generator<StoredObject> {
    this.#keys ??= [...this.#items.keys()].sort(compareText);
    for (const key of this.#keys) {
      const item = key.startsWith(prefix) ? this.#items.get(key) : undefined;
      if (item !== undefined) yield item;
    }
  }

  /** Applies a change, remembers it and tells the watchers. */
  record(event: StoreEvent): void {
    const { key } = event.current;
    if (event.type === "DELETED") this.#items.delete(key);
    else this.#items.set(key, event.current);
    if (event.type !== "MODIFIED") this.#keys = undefined;
    this.#events.push(event);
    if (this.#events.length > 2 * HISTORY) {
      const [last] = this.#events.splice(0, HISTORY).slice(-1);
      this.#compacted = last?.revision ?? this.#compacted;
    }
    for (const watcher of [...this.#watchers]) watcher(event);
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
   * @param prefix Start of their keys.
   * @returns The objects in the order of their keys.
   */
  at(revision: number, prefix = ""): StoredObject[] {
    const later = this.since(revision);
    if (later.length === 0) return [...this.values(prefix)];
    const items = new Map(this.#items);
    for (const { current, previous } of later.toReversed()) {
      if (previous === undefined) items.delete(current.key);
      else items.set(current.key, previous);
    }
    return [...items.values()].filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => compareText(a.key, b.key));
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
