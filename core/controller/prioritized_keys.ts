import { DelayedKeys } from "./delayed_keys.ts";
import { FairKeys, type FairPlace, type WaitingKey } from "./fair_keys.ts";

/** Options of {@linkcode PrioritizedKeys}. */
export interface PrioritizedKeysOptions {
  /** How long a key waits until it counts as one more important, in milliseconds. */
  readonly ageing: number;
}

/** Where a key waits. */
interface Place {
  readonly priority: number;
  readonly since: number;
  readonly place: FairPlace;
}

/**
 * Keys by priority: the highest first, but a wait makes up for a low one, so
 * that every key has its turn. Namespaces of one priority take turns.
 *
 * A key that waits `ageing` longer than another beats one that is more
 * important by 1. Compared so, keys never change their order while they wait:
 * of each priority only the next key is looked at, through a heap. All changes
 * take logarithmic time.
 *
 * @example Wait long enough
 * ```ts
 * import { PrioritizedKeys } from "./prioritized_keys.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const keys = new PrioritizedKeys({ ageing: 30_000 });
 * keys.add("a/old", { priority: -1, now: 0 });
 * keys.add("a/new", { priority: 0, now: 10_000 });
 * keys.add("a/newer", { priority: 0, now: 40_000 });
 *
 * const order = [1, 2, 3].map(() => keys.shift()?.key);
 * assertEquals(order, ["a/new", "a/old", "a/newer"]);
 * ```
 */
export class PrioritizedKeys {
  readonly #ageing: number;
  readonly #places = new Map<string, Place>();
  readonly #levels = new Map<number, FairKeys>();
  /** Levels, as text, by when their next key came, less its priority. */
  readonly #next = new DelayedKeys();

  /**
   * Holds no key yet.
   *
   * @param options How waiting counts.
   */
  constructor({ ageing }: PrioritizedKeysOptions) {
    this.#ageing = ageing;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#places.size;
  }

  /**
   * Adds a key; one that is there keeps the higher priority, and its age.
   *
   * @param key The key.
   * @param options Its priority, and the time in milliseconds.
   */
  add(
    key: string,
    { priority, now }: { readonly priority: number; readonly now: number },
  ): void {
    const old = this.#places.get(key);
    if (old !== undefined) {
      if (old.priority >= priority) return;
      this.#levels.get(old.priority)?.remove(old.place);
      this.#reorder(old.priority);
    }
    const since = old?.since ?? now;
    const level = this.#levels.get(priority) ?? new FairKeys();
    this.#levels.set(priority, level);
    const place = level.push({ key, since });
    this.#places.set(key, { priority, since, place });
    if (level.first?.key === key) this.#reorder(priority);
  }

  /**
   * Takes the next key out.
   *
   * @returns The key, and since when it waited; `undefined` if there is none.
   */
  shift(): WaitingKey | undefined {
    const next = this.#next.first;
    if (next === undefined) return undefined;
    const priority = Number(next);
    const taken = this.#levels.get(priority)?.shift();
    if (taken !== undefined) this.#places.delete(taken.key);
    this.#reorder(priority);
    return taken;
  }

  /** Removes all keys. */
  clear(): void {
    this.#places.clear();
    this.#levels.clear();
    this.#next.clear();
  }

  /** Puts a level where its next key belongs. */
  #reorder(priority: number): void {
    const id = String(priority);
    const first = this.#levels.get(priority)?.first;
    this.#next.delete(id);
    if (first === undefined) this.#levels.delete(priority);
    else this.#next.add(id, first.since - priority * this.#ageing);
  }
}
