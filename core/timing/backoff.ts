/** Options of {@linkcode backoffDelay}. */
export interface BackoffOptions {
  /**
   * The first delay, in milliseconds.
   *
   * @default {800}
   */
  readonly initial?: number;
  /**
   * How much longer each further delay is.
   *
   * @default {2}
   */
  readonly factor?: number;
  /**
   * The longest delay, in milliseconds.
   *
   * @default {30_000}
   */
  readonly max?: number;
  /**
   * The part of a delay that is random, from 0 (none) to 1 (all of it).
   *
   * Randomness only shortens, so `max` holds.
   *
   * @default {0.5}
   */
  readonly jitter?: number;
  /**
   * Gives numbers from 0 up to, but not including, 1.
   *
   * @default {Math.random}
   */
  readonly random?: () => number;
}

/**
 * How long to wait before an attempt is repeated: exponential, capped, jittered.
 *
 * The default numbers are those of client-go's reflector.
 *
 * @example Double the delay up to a second
 * ```ts
 * import { backoffDelay } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const options = { initial: 100, max: 1_000, jitter: 0 };
 * const delays = [0, 1, 2, 3, 4].map((n) => backoffDelay(n, options));
 * assertEquals(delays, [100, 200, 400, 800, 1_000]);
 * ```
 *
 * @param attempt How many attempts have failed before this one; 0 for the first.
 * @param options The curve.
 * @returns The delay in milliseconds, `max` at most.
 * @throws {RangeError} If `attempt` is negative or not a number.
 */
export function backoffDelay(
  attempt: number,
  options?: BackoffOptions,
): number {
  if (!(attempt >= 0)) {
    throw new RangeError(
      `Cannot compute a backoff delay: attempt must be 0 or more, got ${attempt}`,
    );
  }
  const { initial = 800, factor = 2, max = 30_000, jitter = 0.5 } = options ??
    {};
  const random = options?.random ?? Math.random;
  const delay = Math.min(initial * factor ** attempt, max);
  return delay * (1 - jitter * random());
}
