import { backoffDelay, type BackoffOptions } from "../timing/backoff.ts";
import type { Clock } from "../timing/clock.ts";
import { TokenBucket } from "../timing/token_bucket.ts";

/** The longest that one key waits because of the others, in milliseconds. */
const maxSharedWait = 60_000;

/** Options of {@linkcode KeyedBackoff}; the defaults are client-go's, plus jitter. */
export interface KeyedBackoffOptions extends BackoffOptions {
  /**
   * The first delay of a key, in milliseconds.
   *
   * @default {5}
   */
  readonly initial?: number;
  /**
   * The longest delay, in milliseconds.
   *
   * @default {1_000_000}
   */
  readonly max?: number;
  /**
   * The part of a delay that is random, from 0 to 1.
   *
   * @default {0.1}
   */
  readonly jitter?: number;
  /**
   * How many retries a second all keys together may make; `Infinity`: no limit.
   *
   * @default {10}
   */
  readonly rate?: number;
  /**
   * How many retries may exceed the rate at once.
   *
   * @default {100}
   */
  readonly burst?: number;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * How long each key waits before its next retry.
 *
 * The delay of a key grows with its own failures only. Besides, all retries
 * share one rate, so that an outage that fails every key is no request storm.
 * As client-go's `DefaultControllerRateLimiter`.
 *
 * @example Wait longer after each failure
 * ```ts
 * import { KeyedBackoff } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const backoff = new KeyedBackoff({ initial: 100, jitter: 0 });
 * assertEquals([backoff.next("a"), backoff.next("a")], [100, 200]);
 * assertEquals(backoff.next("b"), 100);
 *
 * backoff.forget("a");
 * assertEquals(backoff.attempts("a"), 0);
 * ```
 */
export class KeyedBackoff {
  readonly #options: BackoffOptions & { readonly max: number };
  readonly #attempts = new Map<string, number>();
  readonly #overall: TokenBucket;

  /**
   * Makes a limiter that knows no key.
   *
   * @param options The curve of one key, and the rate of all.
   */
  constructor(options?: KeyedBackoffOptions) {
    const { rate = 10, burst = 100, clock, ...curve } = options ?? {};
    this.#options = { initial: 5, max: 1_000_000, jitter: 0.1, ...curve };
    this.#overall = new TokenBucket({
      burst,
      interval: 1_000 / rate,
      maxWait: maxSharedWait,
      clock,
    });
  }

  /**
   * Counts a failure.
   *
   * @param key The key that failed.
   * @returns How long to wait, in milliseconds; `max` at most.
   */
  next(key: string): number {
    const attempt = this.attempts(key);
    this.#attempts.set(key, attempt + 1);
    const own = backoffDelay(attempt, this.#options);
    const { max } = this.#options;
    return Math.min(Math.max(own, this.#overall.reserve()), max);
  }

  /**
   * Forgets a key that succeeded or is gone.
   *
   * @param key The key.
   */
  forget(key: string): void {
    this.#attempts.delete(key);
  }

  /**
   * How often a key has failed in a row.
   *
   * @param key The key.
   * @returns The count.
   */
  attempts(key: string): number {
    return this.#attempts.get(key) ?? 0;
  }
}
