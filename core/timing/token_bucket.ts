import { type Clock, systemClock } from "./clock.ts";

/** Options of {@linkcode TokenBucket}. */
export interface TokenBucketOptions {
  /** How many tokens a full bucket holds; it starts full. */
  readonly burst: number;
  /** How long it takes for one more token to come in, in milliseconds; 0: no limit. */
  readonly interval: number;
  /**
   * The longest wait that {@linkcode TokenBucket.reserve} asks for, in milliseconds.
   *
   * Later tokens come for free then, so that a flood is not paid for long after it.
   *
   * @default {Infinity}
   */
  readonly maxWait?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Limits a rate but lets bursts through, as client-go's `flowcontrol`.
 *
 * Tokens are computed when asked for; there is no timer.
 *
 * @example Two at once, then one a second
 * ```ts
 * import { TokenBucket } from "./token_bucket.ts";
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = new FakeClock();
 * const bucket = new TokenBucket({ burst: 2, interval: 1_000, clock });
 * assertEquals([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
 *
 * await clock.advance(1_000);
 * assertEquals(bucket.take(), true);
 * assertEquals(bucket.reserve(), 1_000);
 * ```
 */
export class TokenBucket {
  readonly #burst: number;
  readonly #interval: number;
  readonly #lowest: number;
  readonly #clock: Clock;
  #tokens: number;
  #countedAt: number;

  /**
   * Makes a full bucket.
   *
   * @param options Its size and speed.
   */
  constructor(options: TokenBucketOptions) {
    const { burst, interval, maxWait = Infinity, clock = systemClock } =
      options;
    this.#burst = burst;
    this.#interval = interval;
    this.#lowest = -maxWait / interval;
    this.#clock = clock;
    this.#tokens = burst;
    this.#countedAt = clock.now();
  }

  /**
   * Takes a token if there is one.
   *
   * @returns Whether there was one.
   */
  take(): boolean {
    if (this.#count() < 1) return false;
    this.#tokens--;
    return true;
  }

  /**
   * Takes a token that may come in later.
   *
   * @returns How long until it is there, in milliseconds; 0 if it is.
   */
  reserve(): number {
    this.#tokens = Math.max(this.#lowest, this.#count() - 1);
    return Math.max(0, -this.#tokens * this.#interval);
  }

  #count(): number {
    const now = this.#clock.now();
    const more = this.#interval === 0
      ? this.#burst
      : (now - this.#countedAt) / this.#interval;
    this.#tokens = Math.min(this.#burst, this.#tokens + more);
    this.#countedAt = now;
    return this.#tokens;
  }
}
