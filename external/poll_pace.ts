import { backoffDelay } from "../core/timing/backoff.ts";
import { PollError } from "./poll_error.ts";

/** As long as a source may ask to wait, in milliseconds. */
const longestWish = 3_600_000;

/** How often something is polled. */
export interface PollPaceOptions {
  /**
   * Time from the start of one poll to that of the next, in milliseconds.
   *
   * @default {30000}
   */
  readonly interval?: number | undefined;
  /**
   * The part of a delay that is random, from 0 to 1; it only shortens.
   *
   * @default {0.1}
   */
  readonly jitter?: number | undefined;
  /**
   * The longest delay after failures, in milliseconds; each failure in a row
   * doubles it.
   *
   * @default `32 * interval`
   */
  readonly maxBackoff?: number | undefined;
  /**
   * Gives numbers from 0 up to, but not including, 1.
   *
   * @default {Math.random}
   */
  readonly random?: (() => number) | undefined;
}

/**
 * Decides when to poll next.
 *
 * @example Slow down after failures
 * ```ts
 * import { PollPace } from "./poll_pace.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pace = new PollPace({ interval: 1_000, jitter: 0 });
 * const error = new Error("down");
 * assertEquals([pace.failed(error), pace.failed(error)], [2_000, 4_000]);
 * assertEquals(pace.succeeded(), 1_000);
 * ```
 */
export class PollPace {
  readonly #interval: number;
  readonly #jitter: number;
  readonly #maxBackoff: number;
  readonly #random: () => number;
  #failures = 0;

  /**
   * Makes a pace without failures.
   *
   * @param options How often, and how much slower after failures.
   * @throws {RangeError} If a number makes no sense.
   */
  constructor(options: PollPaceOptions) {
    const { interval = 30_000, jitter = 0.1, random = Math.random } = options;
    const { maxBackoff = 32 * interval } = options;
    check("interval", interval, interval > 0 && interval < Infinity);
    check("jitter", jitter, jitter >= 0 && jitter <= 1);
    check("maxBackoff", maxBackoff, maxBackoff >= interval);
    this.#interval = interval;
    this.#jitter = jitter;
    this.#maxBackoff = maxBackoff;
    this.#random = random;
  }

  /** How many polls in a row have failed. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Notes a poll that went well.
   *
   * @returns Time from its start to the next poll, in milliseconds.
   */
  succeeded(): number {
    this.#failures = 0;
    return this.#delay(this.#interval);
  }

  /**
   * Notes a poll that failed.
   *
   * @param error Why; what it says of waiting counts, up to an hour.
   * @returns Time to the next poll, in milliseconds.
   */
  failed(error: unknown): number {
    this.#failures++;
    const wish = error instanceof PollError ? error.retryAfter ?? 0 : 0;
    const delay = this.#delay(this.#maxBackoff);
    return Math.max(delay, Math.min(wish, longestWish));
  }

  #delay(max: number): number {
    return backoffDelay(this.#failures, {
      initial: this.#interval,
      max,
      jitter: this.#jitter,
      random: this.#random,
    });
  }
}

function check(option: string, value: number, fits: boolean): void {
  if (fits) return;
  throw new RangeError(`Cannot poll: ${option} must not be ${value}`);
}
