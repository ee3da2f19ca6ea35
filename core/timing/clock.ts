/**
 * Where time comes from, so that tests can advance it.
 *
 * {@linkcode systemClock} is the real one; `@koprs/koprs/testing` has a `FakeClock`.
 */
export interface Clock {
  /** Monotonic time in milliseconds since some fixed moment; never jumps. */
  now(): number;
  /** Wall-clock time, for timestamps only. */
  date(): Date;
  /**
   * Calls back once after a delay.
   *
   * @param callback What to call.
   * @param delay How long to wait, in milliseconds; may exceed 2^31.
   * @returns Cancels the timer; harmless when it has fired.
   */
  setTimer(callback: () => void, delay: number): () => void;
}

/** The longest delay of `setTimeout`; beyond it fires at once. */
const longest = 2 ** 31 - 1;

/**
 * The clock of the machine.
 *
 * @example Set and cancel a timer of 60 days
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const before = systemClock.now();
 * const cancel = systemClock.setTimer(() => {}, 60 * 24 * 3_600_000);
 * cancel();
 * assert(systemClock.now() >= before);
 * ```
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  setTimer(callback: () => void, delay: number): () => void {
    let timer: ReturnType<typeof setTimeout>;
    // A long delay is a chain of timers.
    const wait = (left: number): void => {
      timer = left > longest
        ? setTimeout(() => wait(left - longest), longest)
        : setTimeout(callback, left);
    };
    wait(delay);
    return () => clearTimeout(timer);
  },
};
