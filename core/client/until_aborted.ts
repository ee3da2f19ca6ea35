/**
 * Waits for a promise, but no longer than until a signal aborts.
 *
 * Deno's `fetch` may miss an abort once garbage was collected in between, and
 * then neither it nor its body ever settles.
 *
 * @example Give up waiting
 * ```ts
 * import { untilAborted } from "./until_aborted.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const controller = new AbortController();
 * const never = untilAborted(new Promise(() => {}), controller.signal);
 * controller.abort(new Error("no time"));
 * await assertRejects(() => never, Error, "no time");
 * ```
 *
 * @typeParam R What the promise resolves to.
 * @param promise The promise.
 * @param signal Ends the wait.
 * @returns What the promise resolved to; rejects with the reason of the abort.
 */
export async function untilAborted<R>(
  promise: Promise<R>,
  signal: AbortSignal,
): Promise<R> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    if (signal.aborted) abort();
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
