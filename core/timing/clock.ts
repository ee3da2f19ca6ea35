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
