import { sleep } from "../timing/sleep.ts";
import { runToEnd } from "./run_to_end.ts";
import type { Runnable } from "./runnable.ts";

/** A {@linkcode Runnable} that {@linkcode start} started. */
export interface Started extends AsyncDisposable {
  /**
   * Resolves when the runnable is ready, or done; rejects when it failed or
   * was disposed before.
   */
  readonly ready: Promise<void>;
}

/** How often readiness is looked at, in milliseconds. */
const LOOK_INTERVAL = 5;

/**
 * Starts one runnable, for tests; programs use {@linkcode run}.
 *
 * Nothing else happens: no signals, servers or leader election. Disposing
 * stops it, waits for its clean-up and throws its failure, if it had one.
 *
 * @example Test a runnable
 * ```ts
 * import { start } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const log: string[] = [];
 * {
 *   await using running = start({
 *     async run({ signal }) {
 *       log.push("started");
 *       await new Promise((stop) => signal.addEventListener("abort", stop));
 *       log.push("stopped");
 *     },
 *   });
 *   await running.ready;
 * }
 * assertEquals(log, ["started", "stopped"]);
 * ```
 *
 * @param runnable What to start.
 * @returns Its handle.
 */
export function start(runnable: Runnable): Started {
  const stop = new AbortController();
  const over = new AbortController();
  const running = runToEnd(runnable, { signal: stop.signal })
    .finally(() => over.abort());
  const ready = untilReady(runnable, over.signal).then(async (isReady) => {
    if (isReady) return;
    await running;
    stop.signal.throwIfAborted();
  });
  // Each failure reaches whoever awaits; nobody has to await both.
  running.catch(() => {});
  ready.catch(() => {});
  return {
    ready,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.allSettled([ready]);
      await running;
    },
  };
}

/** False when the end came first. */
async function untilReady(
  runnable: Runnable,
  over: AbortSignal,
): Promise<boolean> {
  while (!over.aborted) {
    if (runnable.ready?.() ?? true) return true;
    await sleep(LOOK_INTERVAL, { signal: over }).catch(() => {});
  }
  return false;
}
