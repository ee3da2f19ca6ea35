import { type Clock, systemClock } from "./clock.ts";

/** Options of {@linkcode TimeSlices}. */
export interface TimeSlicesOptions {
  /**
   * How long to work before others get a turn, in milliseconds.
   *
   * @default {10}
   */
  readonly length?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** How many small steps are taken between two looks at the clock. */
const STEPS = 64;

/**
 * Lets others have the event loop now and then during long work.
 *
 * @example Add up many numbers
 * ```ts
 * import { TimeSlices } from "./time_slices.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const slices = new TimeSlices();
 * let sum = 0;
 * for (let i = 0; i < 1_000; i++) {
 *   sum += i;
 *   if (slices.isOver) await slices.pause();
 * }
 * assertEquals(sum, 499_500);
 * ```
 */
export class TimeSlices {
  readonly #clock: Clock;
  readonly #length: number;
  #steps = 0;
  #start: number;

  /**
   * Starts the first slice.
   *
   * @param options How long a slice is.
   */
  constructor({ length = 10, clock = systemClock }: TimeSlicesOptions = {}) {
    this.#clock = clock;
    this.#length = length;
    this.#start = clock.now();
  }

  /** Whether it is time to pause; ask once for each small step. */
  get isOver(): boolean {
    if (++this.#steps % STEPS !== 0) return false;
    return this.#clock.now() - this.#start >= this.#length;
  }

  /**
   * Waits until others have had a turn, and starts the next slice.
   *
   * @returns When it is our turn again.
   */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#clock.setTimer(() => resolve(), 0);
    });
    this.#start = this.#clock.now();
  }

  /**
   * Takes all steps of some work.
   *
   * @typeParam R What comes of it.
   * @param work The work, which gives way after each step.
   * @returns What came of it.
   */
  async run<R>(work: Iterator<unknown, R, undefined>): Promise<R> {
    for (;;) {
      const { done, value } = work.next();
      // The last value is the result, as iterators have it.
      if (done) return value as R;
      if (this.isOver) await this.pause();
    }
  }
}
