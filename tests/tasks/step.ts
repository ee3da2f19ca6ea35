import type { TestCount } from "../test_run.ts";

/** How a step ended. */
export interface StepResult {
  /** A warning is no failure: something could not be looked at. */
  readonly outcome: "ok" | "failed" | "warning";
  /** One line for the summary. */
  readonly note?: string;
  /** The tests that it ran. */
  readonly tests?: TestCount;
}

/** One check of `deno task ci`. */
export interface Step {
  /** Short and unique. */
  readonly name: string;
  /** Whether it is left out, and by which flag. */
  readonly skippedBy?: string;
  /** Does it; what it throws is a failure. */
  run(): Promise<StepResult>;
}

/** A step that has been looked at, with the time it took. */
export interface FinishedStep {
  /** Its name. */
  readonly name: string;
  /** How it ended; skipped when it did not run. */
  readonly outcome: StepResult["outcome"] | "skipped";
  /** One line for the summary. */
  readonly note?: string;
  /** The tests that it ran. */
  readonly tests?: TestCount;
  /** In milliseconds. */
  readonly duration: number;
}
