import type { Clock } from "../../core/timing/clock.ts";

/** Options of {@linkcode FakeClock}. */
export interface FakeClockOptions {
  /**
   * Wall-clock time at the start.
   *
   * @default {2025-01-01T00:00:00Z}
   */
  readonly date?: Date;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A clock that moves only when a test says so.
 *
 * @example Advance by an hour
 * ```ts
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FakeClock();
 * let fired = false;
 * clock.setTimer(() => fired = true, 3_600_000);
 * await clock.advance(3_599_999);
 * assertEquals(fired, false);
 * await clock.advance(1);
 * assertEquals(fired, true);
 * ```
 */
export class FakeClock implements Clock {
  readonly #start: number;
  readonly #timers = new Set<Timer>();
  #now = 0;

  /**
   * Makes a clock that stands still at 0.
   *
   * @param options Where its calendar starts.
   */
  constructor(options?: FakeClockOptions) {
    this.#start = options?.date?.getTime() ?? Date.UTC(2025, 0, 1);
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Time since the clock was made, in milliseconds. */
  now(): number {
    return this.#now;
  }

  /** The start date plus {@linkcode FakeClock.now}. */
  date(): Date {
    return new Date(this.#start + this.#now);
  }

  /**
   * Calls back when the clock has been advanced far enough.
   *
   * @param callback What to call.
   * @param delay How far, in milliseconds.
   * @returns Cancels the timer; harmless when it has fired.
   */
  setTimer(callback: () => void, delay: number): () => void {
    const timer = { at: this.#now + Math.max(0, delay), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /**
   * Moves time on, timer by timer in order of time, also those set on the way.
   *
   * Promises settle before the first timer and after each one.
   *
   * @param ms How far, in milliseconds; 0 only lets promises settle.
   * @returns Resolves when nothing that is due is left.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** The earliest timer until then; the oldest of equals, as a set keeps order. */
  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (!first || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** A turn of the event loop: by then every promise that can settle has. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
