import type { Clock } from "../timing/clock.ts";

/** What bounds a call. */
export interface BoundedCallOptions {
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
  /** Where time comes from. */
  readonly clock: Clock;
  /**
   * Ends the call.
   *
   * @default never
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls a function, and leaves it behind when its time is over, whether or
 * not it listens to the signal it is given.
 *
 * @example Bound a call that hangs
 * ```ts
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { assertRejects } from "@std/assert";
 *
 * const clock = new FakeClock();
 * const hang = () => new Promise<never>(() => {});
 * const call = boundedCall(hang, { timeout: 5_000, clock });
 * const rejected = assertRejects(() => call, DOMException, "5000 ms");
 * await clock.advance(5_000);
 * await rejected;
 * ```
 *
 * @typeParam R What the function returns.
 * @param call What to call.
 * @param options Timeout and signal.
 * @returns What the function returned.
 */
export async function boundedCall<R>(
  call: (signal: AbortSignal) => Promise<R>,
  options: BoundedCallOptions,
): Promise<R> {
  const { timeout, clock, signal } = options;
  signal?.throwIfAborted();
  const ended = Promise.withResolvers<never>();
  const controller = new AbortController();
  const end = (reason: unknown) => {
    controller.abort(reason);
    ended.reject(reason);
  };
  const cancel = clock.setTimer(() => {
    const message = `No answer within ${timeout} ms`;
    end(new DOMException(message, "TimeoutError"));
  }, timeout);
  const onAbort = () => end(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([call(controller.signal), ended.promise]);
  } finally {
    cancel();
    signal?.removeEventListener("abort", onAbort);
  }
}
