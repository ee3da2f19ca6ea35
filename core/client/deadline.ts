import type { Clock } from "../timing/clock.ts";

/** Options of {@linkcode startDeadline}. */
export interface DeadlineOptions {
  /** How long it takes, in milliseconds. */
  readonly timeout: number;
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Called by `clear`. @default {undefined} nobody is told */
  readonly cleared?: (() => void) | undefined;
}

/** Bounds one exchange with a server. */
export interface Deadline {
  /** Aborts when time is up, when the caller aborts, or on `abort`. */
  readonly signal: AbortSignal;
  /** Whether time was up. */
  readonly expired: boolean;
  /**
   * Ends the exchange.
   *
   * @param reason What its reader is told.
   */
  abort(reason: unknown): void;
  /** Stops the clock; the caller may still abort. */
  stop(): void;
  /** Starts the clock anew, but ends after ten times the timeout in all. */
  extend(): void;
  /** Leaves neither a timer nor a listener. */
  clear(): void;
}

/** By how much a deadline can be extended in all. */
const MOST_EXTENDED = 10;

/**
 * Starts a deadline.
 *
 * `AbortSignal.any` and `AbortSignal.timeout` would keep memory until their
 * timer fires, and could not stop the clock of a stream that has started.
 *
 * @example Bound a request
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { startDeadline } from "./deadline.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const deadline = startDeadline({ timeout: 1_000, clock: systemClock });
 * deadline.clear();
 * assertEquals(deadline.expired, false);
 * ```
 *
 * @param options How long, and what ends it early.
 * @returns The deadline; must be cleared.
 */
export function startDeadline(options: DeadlineOptions): Deadline {
  const { timeout, signal, clock } = options;
  const controller = new AbortController();
  let expired = false;
  const end = clock.now() + MOST_EXTENDED * timeout;
  const expire = (): void => {
    expired = true;
    controller.abort();
  };
  let startedAt = clock.now();
  let stop = clock.setTimer(expire, timeout);
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    abort: (reason) => controller.abort(reason),
    stop: () => stop(),
    extend() {
      const now = clock.now();
      if (now - startedAt < timeout / 2) return; // not a timer for each chunk
      stop();
      startedAt = now;
      stop = clock.setTimer(expire, Math.min(timeout, end - now));
    },
    clear() {
      stop();
      signal?.removeEventListener("abort", abort);
      options.cleared?.();
    },
  };
}
