/** A key and when it is due. */
interface Delayed {
  readonly key: string;
  readonly at: number;
  /** Counts up, so that of equal times the first added comes first. */
  readonly order: number;
}

function isBefore(a: Delayed, b: Delayed): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/**
 * Keys with a due time each: a binary heap that also knows where each key is.
 *
 * A key is in it once, so memory is bounded by the number of distinct keys.
 * All changes take logarithmic time.
 *
 * @example The earliest time of a key wins
 * ```ts
 * import { DelayedKeys } from "./delayed_keys.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const delayed = new DelayedKeys();
 * delayed.add("a", 300);
 * delayed.add("b", 200);
 * delayed.add("a", 100);
 * delayed.add("a", 900);
 *
 * assertEquals(delayed.earliest, 100);
 * assertEquals(delayed.takeDue(250), ["a", "b"]);
 * assertEquals(delayed.earliest, undefined);
 * ```
 */
export class DelayedKeys {
  readonly #heap: Delayed[] = [];
  readonly #positions = new Map<string, number>();
  #order = 0;

  /** How many keys there are. */
  get size(): number {
    return this.#heap.length;
  }

  /** The key that is due first; `undefined` without keys. */
  get first(): string | undefined {
    return this.#heap[0]?.key;
  }

  /** When the first key is due; `undefined` without keys. */
  get earliest(): number | undefined {
    return this.#heap[0]?.at;
  }

  /**
   * Asks for a key.
   *
   * @param key The key.
   * @returns Whether it is there.
   */
  has(key: string): boolean {
    return this.#positions.has(key);
  }

  /**
   * Adds a key, or moves it to the front if it is due earlier now.
   *
   * @param key The key.
   * @param at When it is due, in milliseconds of the caller's clock.
   */
  add(key: string, at: number): void {
    const position = this.#positions.get(key) ?? this.#heap.length;
    const old = this.#heap[position];
    if (old && old.at <= at) return;
    this.#rise(position, { key, at, order: this.#order++ });
  }

  /**
   * Removes a key.
   *
   * @param key The key.
   * @returns Whether it was there.
   */
  delete(key: string): boolean {
    const position = this.#positions.get(key);
    if (position === undefined) return false;
    this.#positions.delete(key);
    const last = this.#heap.pop();
    // The last one fills the gap, unless it was the gap.
    if (last !== undefined && last.key !== key) {
      this.#rise(position, last);
      this.#sink(this.#positions.get(last.key) ?? position, last);
    }
    return true;
  }

  /**
   * Removes all keys that are due, in the order of their times.
   *
   * @param now The time, in milliseconds of the caller's clock.
   * @returns The keys.
   */
  takeDue(now: number): string[] {
    const due: string[] = [];
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.at > now) return due;
      due.push(first.key);
      this.delete(first.key);
    }
  }

  /** Removes all keys. */
  clear(): void {
    this.#heap.length = 0;
    this.#positions.clear();
  }

  /** Puts an entry at a position or above it, so that no parent is later. */
  #rise(position: number, entry: Delayed): void {
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      this.#put(position, parent);
      position = above;
    }
    this.#put(position, entry);
  }

  /** Puts an entry at a position or below it, so that no child is earlier. */
  #sink(position: number, entry: Delayed): void {
    for (;;) {
      const left = 2 * position + 1;
      const [a, b] = [this.#heap[left], this.#heap[left + 1]];
      const child = a && b && isBefore(b, a) ? b : a;
      if (child === undefined || !isBefore(child, entry)) break;
      this.#put(position, child);
      position = child === b ? left + 1 : left;
    }
    this.#put(position, entry);
  }

  #put(position: number, entry: Delayed): void {
    this.#heap[position] = entry;
    this.#positions.set(entry.key, position);
  }
}
