import type { FinishedStep, Step } from "./step.ts";

/** Options of {@linkcode runSteps}. */
export interface RunStepsOptions {
  /** Is told of each step before it runs. */
  readonly started: (name: string) => void;
  /** Tells the time in milliseconds. */
  readonly now: () => number;
}

/**
 * Runs steps one after another; a failure does not keep the others from running.
 *
 * @param steps What to do.
 * @param options Who is told, and the clock.
 * @returns How each ended, in the same order.
 */
export async function runSteps(
  steps: readonly Step[],
  { started, now }: RunStepsOptions,
): Promise<FinishedStep[]> {
  const finished: FinishedStep[] = [];
  for (const step of steps) {
    const { name, skippedBy } = step;
    if (skippedBy !== undefined) {
      finished.push({
        name,
        outcome: "skipped",
        note: skippedBy,
        duration: 0,
      });
      continue;
    }
    started(name);
    const start = now();
    const result = await step.run().catch((error: unknown) => ({
      outcome: "failed" as const,
      note: error instanceof Error ? error.message : String(error),
    }));
    finished.push({ name, ...result, duration: now() - start });
  }
  return finished;
}
