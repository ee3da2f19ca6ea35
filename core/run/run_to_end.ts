import type { Runnable, RunnableOptions } from "./runnable.ts";

/**
 * Runs a runnable until it resolves.
 *
 * A synchronous throw is a rejection, too, and rejecting with the reason of
 * the stop is a stop: such a runnable passed its signal on to what it awaits.
 *
 * @param runnable What to run.
 * @param options When to stop.
 * @returns After clean-up; rejects on failure.
 */
export async function runToEnd(
  runnable: Runnable,
  options: RunnableOptions,
): Promise<void> {
  const { signal, deadline } = options;
  try {
    await runnable.run(options);
  } catch (error) {
    const stopped = signal.aborted && error === signal.reason;
    const gaveUp = deadline?.aborted === true && error === deadline.reason;
    if (!stopped && !gaveUp) throw error;
  }
}
