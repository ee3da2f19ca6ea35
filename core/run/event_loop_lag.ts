import type { Gauge } from "../telemetry/instrument.ts";
import { type Clock, systemClock } from "../timing/clock.ts";

/** Options of {@linkcode EventLoopLag}. */
export interface EventLoopLagOptions {
  /**
   * How often to measure, in milliseconds.
   *
   * @default 1000
   */
  readonly interval?: number;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /**
   * Where to report each measurement, in seconds.
   *
   * @default nowhere
   */
  readonly gauge?: Gauge | undefined;
}

/**
 * Measures how late timers fire: how long code keeps the event loop busy.
 *
 * @example Measure
 * ```ts
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FakeClock();
 * using lag = new EventLoopLag({ clock });
 * await clock.advance(5_000);
 * assertEquals(lag.current, 0);
 * ```
 */
export class EventLoopLag implements Disposable {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #gauge: Gauge | undefined;
  #cancel: () => void = () => {};
  #due = 0;
  #last = 0;

  /**
   * Starts to measure.
   *
   * @param options How often, and by which clock.
   */
  constructor(options: EventLoopLagOptions = {}) {
    this.#interval = options.interval ?? 1_000;
    this.#clock = options.clock ?? systemClock;
    this.#gauge = options.gauge;
    this.#wait();
  }

  /**
   * The lag of the last measurement or of the one that is due, whichever is
   * more, in milliseconds.
   */
  get current(): number {
    return Math.max(this.#last, this.#clock.now() - this.#due, 0);
  }

  /** Stops to measure. */
  [Symbol.dispose](): void {
    this.#cancel();
  }

  #wait(): void {
    this.#due = this.#clock.now() + this.#interval;
    this.#cancel = this.#clock.setTimer(() => {
      this.#last = Math.max(this.#clock.now() - this.#due, 0);
      this.#gauge?.set({}, this.#last / 1_000);
      this.#wait();
    }, this.#interval);
  }
}
