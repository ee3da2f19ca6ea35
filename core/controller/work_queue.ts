import { type Clock, systemClock } from "../timing/clock.ts";
import { DelayedKeys } from "./delayed_keys.ts";

/** Options of {@linkcode WorkQueue}. */
export interface WorkQueueOptions {
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** Options of {@linkcode WorkQueue.add}. */
export interface AddOptions {
  /**
   * How long to wait, in milliseconds; may exceed 2^31.
   *
   * Nothing to wait for at 0 or less; `Infinity` is never, so adds nothing.
   *
   * @default {0}
   */
  readonly after?: number | undefined;
}

/** Options of {@linkcode WorkQueue.take}. */
export interface TakeOptions {
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Somebody who waits for a key. */
interface Taker {
  readonly resolve: (key: string) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A queue of keys to work on, first in, first out; each key is in it once.
 *
 * The rules are those of client-go's `workqueue`, with one wait list:
 *
 * - A key that waits to be taken is not added again.
 * - A key that waits for a time keeps the earliest one it was given.
 * - A key in work is never handed out again before {@linkcode WorkQueue.done};
 *   if it was added meanwhile, it then queues once more.
 *
 * @example Hand out each key once, and again when it changed during the work
 * ```ts
 * import { WorkQueue } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const { signal } = new AbortController();
 * const queue = new WorkQueue();
 * queue.add("default/web");
 * queue.add("default/web");
 *
 * const key = await queue.take({ signal });
 * assertEquals(queue.size, 0);
 *
 * queue.add(key);
 * assertEquals(queue.ready, 0); // in work
 * queue.done(key);
 * assertEquals(queue.ready, 1);
 * ```
 */
export class WorkQueue {
  readonly #clock: Clock;
  /** What needs work: keys that can be taken, and keys to take after `done`. */
  readonly #dirty = new Set<string>();
  readonly #inWork = new Set<string>();
  readonly #delayed = new DelayedKeys();
  readonly #takers = new Set<Taker>();
  /** Keys to take, the next one last. */
  #outgoing: string[] = [];
  /** Keys to take after those, the next one first. */
  #incoming: string[] = [];
  #timer: { readonly at: number; cancel(): void } | undefined;
  #shutDown: DOMException | undefined;

  /**
   * Makes an empty queue.
   *
   * @param options Whose time counts.
   */
  constructor(options?: WorkQueueOptions) {
    this.#clock = options?.clock ?? systemClock;
  }

  /** How many distinct keys wait: for a taker, for a time, for `done`. */
  get size(): number {
    return this.#dirty.size + this.#delayed.size;
  }

  /** How many keys can be taken now. */
  get ready(): number {
    return this.#outgoing.length + this.#incoming.length;
  }

  /**
   * Adds a key; without effect when it would run at least as early anyway.
   *
   * @param key The key.
   * @param options When to work on it.
   * @throws {RangeError} If `after` is not a number.
   */
  add(key: string, options?: AddOptions): void {
    const after = options?.after ?? 0;
    if (Number.isNaN(after)) {
      throw new RangeError(`Cannot queue "${key}": after is not a number`);
    }
    if (this.#shutDown || this.#dirty.has(key) || after === Infinity) return;
    if (after > 0) {
      this.#delayed.add(key, this.#clock.now() + after);
    } else {
      this.#delayed.delete(key);
      this.#makeDirty(key);
    }
    this.#setTimer();
  }

  /**
   * Takes the next key, and waits for one if there is none.
   *
   * Each key taken must be given back by {@linkcode WorkQueue.done}.
   *
   * @param options What ends the wait.
   * @returns The key. Rejects with `signal.reason` on abort, and with an
   * `AbortError` once the queue is shut down.
   */
  take({ signal }: TakeOptions): Promise<string> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#shutDown) return Promise.reject(this.#shutDown);
    const key = this.#next();
    if (key !== undefined) return Promise.resolve(key);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#takers.delete(taker);
        signal.removeEventListener("abort", abort);
      };
      const abort = (): void => taker.reject(signal.reason);
      const taker: Taker = {
        resolve: (key) => (leave(), resolve(key)),
        reject: (reason) => (leave(), reject(reason)),
      };
      this.#takers.add(taker);
      signal.addEventListener("abort", abort);
    });
  }

  /**
   * Ends the work on a key.
   *
   * @param key A key that {@linkcode WorkQueue.take} gave.
   */
  done(key: string): void {
    if (this.#inWork.delete(key) && this.#dirty.has(key)) this.#enqueue(key);
  }

  /**
   * Drops a key that waits for a time; a key that can be taken stays.
   *
   * @param key The key.
   */
  forget(key: string): void {
    if (this.#delayed.delete(key)) this.#setTimer();
  }

  /**
   * Drops all keys and the timer, ends every wait, and ignores later keys.
   *
   * Keys in work may still be given back.
   */
  shutDown(): void {
    this.#shutDown ??= new DOMException("The queue is shut down", "AbortError");
    this.#dirty.clear();
    this.#delayed.clear();
    this.#outgoing = [];
    this.#incoming = [];
    this.#setTimer();
    for (const taker of this.#takers) taker.reject(this.#shutDown);
  }

  #makeDirty(key: string): void {
    this.#dirty.add(key);
    if (!this.#inWork.has(key)) this.#enqueue(key);
  }

  #enqueue(key: string): void {
    this.#incoming.push(key);
    for (const taker of this.#takers) {
      const next = this.#next();
      if (next === undefined) return;
      taker.resolve(next);
    }
  }

  /** Moves the next key into work. */
  #next(): string | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse();
      this.#incoming = [];
    }
    const key = this.#outgoing.pop();
    if (key !== undefined) {
      this.#dirty.delete(key);
      this.#inWork.add(key);
    }
    return key;
  }

  /** One timer, for the earliest key. */
  #setTimer(): void {
    const at = this.#delayed.earliest;
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = at === undefined ? undefined : {
      at,
      cancel: this.#clock.setTimer(
        () => this.#wake(),
        Math.max(0, at - this.#clock.now()),
      ),
    };
  }

  #wake(): void {
    this.#timer = undefined;
    const due = this.#delayed.takeDue(this.#clock.now());
    for (const key of due) this.#makeDirty(key);
    this.#setTimer();
  }
}
