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
 * Most handlers answer at once, and ask neither for the signal nor for time:
 * both are made when somebody needs them.
 */
export class RequestDeadline implements ReviewContext, Disposable {
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #started: number;
  #controller: AbortController | undefined;
  #cancel: (() => void) | undefined;
  #isOver = false;

  /**
   * Starts to count.
   *
   * @param options How long there is.
   */
  constructor(options: RequestDeadlineOptions) {
    this.#clock = options.clock;
    this.#timeout = options.timeout;
    this.#started = options.clock.now();
  }

  /** Aborts at the deadline. */
  get signal(): AbortSignal {
    if (this.#controller !== undefined) return this.#controller.signal;
    const controller = this.#controller = new AbortController();
    if (this.#isOver) return controller.signal;
    const left = this.#timeout - (this.#clock.now() - this.#started);
    this.#cancel = this.#clock.setTimer(() => {
      const message = `No answer within ${this.#timeout} ms`;
      controller.abort(new DOMException(message, "TimeoutError"));
    }, Math.max(0, left));
    return controller.signal;
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
    const { signal } = this;
    const late = Promise.withResolvers<never>();
    const onAbort = (): void =>
      late.reject(
        new Refusal(STATUS_CODE.GatewayTimeout, "The webhook took too long"),
      );
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** Forgets the timer; there will be no other. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#cancel?.();
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
