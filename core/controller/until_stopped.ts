import type { StartedSource } from "./source.ts";

/** What a controller waits for. */
export interface UntilStoppedOptions {
  /** The objects of the controller, and what else it watches. */
  readonly sources: readonly StartedSource[];
  /** Asks to stop. */
  readonly signal: AbortSignal;
  /** Called once all sources told what there was at the start. */
  readonly synced: () => void;
}

/**
 * Waits until a signal aborts.
 *
 * @param options What runs meanwhile.
 * @returns When the signal aborts; rejects if a source fails before.
 */
export async function untilStopped(
  { sources, signal, synced }: UntilStoppedOptions,
): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) resolve();
  // A source that just ends (a finished stream) is no reason to stop.
  const failed = new Promise<never>((_, reject) => {
    for (const { done } of sources) done.catch(reject);
  });
  try {
    const all = Promise.all(sources.map((source) => source.synced));
    const isSynced = all.then(() => true);
    const isStopped = aborted.then(() => false);
    if (await Promise.race([isStopped, isSynced, failed])) {
      synced();
      await Promise.race([aborted, failed]);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
