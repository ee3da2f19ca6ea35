import type { Clock } from "../timing/clock.ts";

/** Options of {@linkcode withTimeout}. */
export interface WithTimeoutOptions {
  /** What fails when time is over, as `Cannot reconcile Pod "a"`. */
  readonly what: string;
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Ends it, too. */
  readonly signal: AbortSignal;
}

/**
 * Runs a function that may take only so long.
 *
 * When time is over its signal aborts. The function is waited for all the
 * same, so that it never runs twice at once; only then the timeout is thrown.
 *
 * @typeParam R What the function returns.
 * @param run The function.
 * @param options The time, and what to say when it is over.
 * @returns What the function returned.
 * @throws {DOMException} A `TimeoutError` when time was over.
 */
export async function withTimeout<R>(
  run: (signal: AbortSignal) => Promise<R>,
  { what, timeout, clock, signal }: WithTimeoutOptions,
): Promise<R> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  let late: DOMException | undefined;
  const cancel = clock.setTimer(() => {
    const message = `${what}: it took longer than ${timeout} ms`;
    late = new DOMException(message, "TimeoutError");
    controller.abort(late);
  }, timeout);
  try {
    const result = await run(controller.signal);
    if (late !== undefined) throw late;
    return result;
  } catch (error) {
    throw late ?? error;
  } finally {
    cancel();
    signal.removeEventListener("abort", abort);
  }
}
