import { STATUS_CODE } from "@std/http";
import type { Clock } from "../core/timing/clock.ts";
import { Refusal } from "./refusal.ts";
import type { ReviewContext } from "./webhook.ts";

/** Options of a {@linkcode RequestDeadline}. */
export interface RequestDeadlineOptions {
  /** How long there is, in milliseconds. */
  readonly timeout: number;
  /** Where time comes from. */
  readonly clock: Clock;
}

/**
 * Bounds the work on one request.
 *
 * Most handlers answer at once: the timer is set when somebody waits, since it
 * costs more than the rest of a review.
 */
export class RequestDeadline implements ReviewContext {
  /** Aborts at the deadline. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #started: number;

  /**
   * Starts to count.
   *
   * @param options How long there is.
   */
  constructor(options: RequestDeadlineOptions) {
    this.signal = this.#controller.signal;
    this.#clock = options.clock;
    this.#timeout = options.timeout;
    this.#started = options.clock.now();
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.#clock.now() - this.#started;
  }

  /**
   * Waits for something, until the deadline.
   *
   * @typeParam R What is waited for.
   * @param work What is waited for; left behind when it is late.
   * @returns What came.
   * @throws {Refusal} If it is late.
   */
  async wait<R>(work: Promise<R>): Promise<R> {
    const late = Promise.withResolvers<never>();
    const left = Math.max(0, this.#timeout - this.elapsed);
    const cancel = this.#clock.setTimer(() => {
      const message = `No answer within ${this.#timeout} ms`;
      this.#controller.abort(new DOMException(message, "TimeoutError"));
      late.reject(
        new Refusal(STATUS_CODE.GatewayTimeout, "The webhook took too long"),
      );
    }, left);
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      cancel();
    }
  }
}

const TIMEOUT_REGEXP = /(?:^|&)timeout=(?:(\d+)m)?(?:(\d+)s)?(?:&|$)/;

/**
 * Reads how long the API server waits, from the query of its URL, and leaves a
 * tenth of it, or half a second, to get the answer there.
 *
 * @example Read a timeout
 * ```ts
 * import { readTimeout } from "./request_deadline.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readTimeout("timeout=10s", 30_000), 9_500);
 * assertEquals(readTimeout("", 1_000), 900);
 * ```
 *
 * @param query The query, without `?`.
 * @param fallback How long it waits if the query does not say, in milliseconds.
 * @returns How long there is, in milliseconds.
 */
export function readTimeout(query: string, fallback: number): number {
  const [, minutes = 0, seconds = 0] = TIMEOUT_REGEXP.exec(query) ?? [];
  const told = Number(minutes) * 60_000 + Number(seconds) * 1_000;
  const timeout = told > 0 ? Math.min(told, 60_000) : fallback;
  return timeout - Math.min(500, timeout / 10);
}
