import { type Clock, systemClock } from "./clock.ts";

/** Options of {@linkcode sleep}. */
export interface SleepOptions {
  /**
   * Ends the sleep early.
   *
   * @default {undefined} The whole delay is waited for.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Waits.
 *
 * Leaves neither a timer nor a listener behind, however it ends.
 *
 * @example Wait, and be woken early
 * ```ts
 * import { sleep } from "@koprs/koprs/core";
 * import { assertRejects } from "@std/assert";
 *
 * await sleep(1);
 * await assertRejects(() => sleep(60_000, { signal: AbortSignal.abort() }));
 * ```
 *
 * @param ms How long, in milliseconds.
 * @param options What may end the sleep, and whose time counts.
 * @returns Resolves after the delay; rejects with `signal.reason` on abort.
 */
export function sleep(ms: number, options?: SleepOptions): Promise<void> {
  const { signal, clock = systemClock } = options ?? {};
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.setTimer(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
