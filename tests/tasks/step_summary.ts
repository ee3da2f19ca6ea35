import type { FinishedStep } from "./step.ts";

const WORDS: Readonly<Record<FinishedStep["outcome"], string>> = {
  ok: "ok",
  failed: "FAILED",
  warning: "warning",
  skipped: "skipped",
};

/** The end of a run. */
export interface StepSummary {
  /** Lines for a person, the sum of all tests last. */
  readonly text: string;
  /** 0 if no step has failed, else 1. */
  readonly code: 0 | 1;
}

/**
 * Sums up what steps did.
 *
 * @param steps How they ended.
 * @returns A table, the sum of tests, and an exit code.
 */
export function stepSummary(steps: readonly FinishedStep[]): StepSummary {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const rows = steps.map(({ name, outcome, note, duration }) =>
    [
      WORDS[outcome].padEnd(7),
      name.padEnd(width),
      `${(duration / 1_000).toFixed(1)}s`.padStart(8),
      note ?? "",
    ].join("  ").trimEnd()
  );
  const failed = steps.filter(({ outcome }) => outcome === "failed");
  const sum = (count: "passed" | "failed") =>
    steps.reduce((total, { tests }) => total + (tests?.[count] ?? 0), 0);
  const verdict = failed.length === 0
    ? "All steps passed"
    : `Failed: ${failed.map(({ name }) => name).join(", ")}`;
  return {
    text: [
      ...rows,
      "",
      verdict,
      `${sum("passed")} passed, ${sum("failed")} failed`,
    ].join("\n"),
    code: failed.length === 0 ? 0 : 1,
  };
}
