import { type Clock, systemClock } from "../timing/clock.ts";
import { DelayedKeys } from "./delayed_keys.ts";
import { PrioritizedKeys } from "./prioritized_keys.ts";

/** Options of {@linkcode WorkQueue}. */
export interface WorkQueueOptions {
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
  /**
   * How long a key must wait, in milliseconds, to be taken before one whose
   * priority is higher by 1; so nothing waits for ever.
   *
   * @default {30000}
   */
  readonly ageing?: number | undefined;
  /**
   * Hears how long a key could have been taken, in milliseconds, when it is.
   *
   * @default {undefined} Nobody does.
   */
  readonly onTaken?: ((waited: number) => void) | undefined;
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
  /**
   * How important it is; the most important keys are taken first. A key that
   * is added again keeps the highest priority until it is taken.
   *
   * @default {0}
   */
  readonly priority?: number | undefined;
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
 * A queue of keys to work on; each key is in it once.
 *
 * The most important key comes first, unless another has waited much longer.
 * Namespaces of equal importance take turns; the keys of one are taken first
 * in, first out. Else the rules are those of client-go's `workqueue`, with one
 * wait list:
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
  readonly #onTaken: (waited: number) => void;
  /**
   * What needs work, with its priority: keys that can be taken, and keys to
   * take after `done`.
   */
  readonly #dirty = new Map<string, number>();
  readonly #inWork = new Set<string>();
  readonly #delayed = new DelayedKeys();
  /** Priorities of delayed keys, where they are not 0. */
  readonly #priorities = new Map<string, number>();
  readonly #takers = new Set<Taker>();
  readonly #ready: PrioritizedKeys;
  #timer: { readonly at: number; cancel(): void } | undefined;
  #shutDown: DOMException | undefined;

  /**
   * Makes an empty queue.
   *
   * @param options Whose time counts, and how much.
   */
  constructor(options?: WorkQueueOptions) {
    this.#clock = options?.clock ?? systemClock;
    this.#onTaken = options?.onTaken ?? (() => {});
    this.#ready = new PrioritizedKeys({ ageing: options?.ageing ?? 30_000 });
  }

  /** How many distinct keys wait: for a taker, for a time, for `done`. */
  get size(): number {
    return this.#dirty.size + this.#delayed.size;
  }

  /** How many keys can be taken now. */
  get ready(): number {
    return this.#ready.size;
  }

  /**
   * Adds a key; without effect when it would run at least as early anyway.
   *
   * @param key The key.
   * @param options When to work on it, and how important it is.
   * @throws {RangeError} If `after` or `priority` is not a number.
   */
  add(key: string, options?: AddOptions): void {
    const after = options?.after ?? 0;
    if (Number.isNaN(after)) {
      throw new RangeError(`Cannot queue "${key}": after is not a number`);
    }
    const asked = options?.priority ?? 0;
    if (!Number.isFinite(asked)) {
      throw new RangeError(`Cannot queue "${key}": its priority is ${asked}`);
    }
    if (this.#shutDown || after === Infinity) return;
    const known = this.#dirty.get(key);
    if (known !== undefined) {
      if (after <= 0 && asked > known) this.#makeDirty(key, asked);
      return;
    }
    const isDelayed = this.#delayed.has(key);
    const waits = isDelayed ? this.#priorities.get(key) ?? 0 : asked;
    const priority = Math.max(asked, waits);
    if (after > 0) {
      this.#delayed.add(key, this.#clock.now() + after);
      if (priority !== 0) this.#priorities.set(key, priority);
      else if (isDelayed) this.#priorities.delete(key);
    } else {
      this.#drop(key);
      this.#makeDirty(key, priority);
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
    if (!this.#inWork.delete(key)) return;
    const priority = this.#dirty.get(key);
    if (priority !== undefined) this.#enqueue(key, priority);
  }

  /**
   * Drops a key that waits for a time; a key that can be taken stays.
   *
   * @param key The key.
   */
  forget(key: string): void {
    if (this.#drop(key)) this.#setTimer();
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
    this.#priorities.clear();
    this.#ready.clear();
    this.#setTimer();
    for (const taker of this.#takers) taker.reject(this.#shutDown);
  }

  #makeDirty(key: string, priority: number): void {
    this.#dirty.set(key, priority);
    if (!this.#inWork.has(key)) this.#enqueue(key, priority);
  }

  #enqueue(key: string, priority: number): void {
    this.#ready.add(key, { priority, now: this.#clock.now() });
    for (const taker of this.#takers) {
      const next = this.#next();
      if (next === undefined) return;
      taker.resolve(next);
    }
  }

  /** Moves the next key into work. */
  #next(): string | undefined {
    const next = this.#ready.shift();
    if (next === undefined) return undefined;
    this.#dirty.delete(next.key);
    this.#inWork.add(next.key);
    this.#onTaken(this.#clock.now() - next.since);
    return next.key;
  }

  /** Drops a delay; tells whether there was one. */
  #drop(key: string): boolean {
    this.#priorities.delete(key);
    return this.#delayed.delete(key);
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
    for (const key of this.#delayed.takeDue(this.#clock.now())) {
      const priority = this.#priorities.get(key) ?? 0;
      this.#priorities.delete(key);
      this.#makeDirty(key, priority);
    }
    this.#setTimer();
  }
}
