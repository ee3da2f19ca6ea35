import {
  FIGURE_ROWS,
  type Figures,
  type Measurement,
  medianFigures,
} from "./figures.ts";
import { isReading } from "./request_counts.ts";
import { textTable } from "./text_table.ts";

/** What came of one operator. */
export interface Outcome {
  /** The operator. */
  readonly name: string;
  /** What was measured, round by round. */
  readonly measurements: readonly Measurement[];
  /** Why there is nothing, or not all. */
  readonly failures: readonly string[];
}

/**
 * The figures of an operator in the middle of all rounds.
 *
 * @param outcome What came of it.
 * @returns The figures, or `undefined` if it failed.
 */
export function figuresOf(
  { measurements, failures }: Outcome,
): Figures | undefined {
  const [first, ...rest] = measurements.map(({ figures }) => figures);
  if (first === undefined || failures.length > 0) return undefined;
  return medianFigures([first, ...rest]);
}

/**
 * Sets out the figures of all operators, with ratios to the first.
 *
 * @param outcomes What came of each.
 * @returns The table.
 */
export function figureTable(outcomes: readonly Outcome[]): string {
  const columns = outcomes.map(figuresOf);
  const [base, ...others] = columns;
  const rows = FIGURE_ROWS.map(({ key, label, digits }) => [
    label,
    base?.[key].toFixed(digits) ?? "failed",
    ...others.map((figures) => {
      if (figures === undefined) return "failed";
      const value = figures[key].toFixed(digits);
      const ratio = figures[key] / (base?.[key] ?? NaN);
      return Number.isFinite(ratio) ? `${value} (${ratio.toFixed(2)}×)` : value;
    }),
  ]);
  return textTable([["", ...outcomes.map(({ name }) => name)], ...rows]);
}

/**
 * Sets out the requests of the last round by phase, verb and resource; lists
 * and watches at the end.
 *
 * @param outcomes What came of each operator.
 * @returns The table.
 */
export function requestTable(outcomes: readonly Outcome[]): string {
  const last = outcomes.map(({ measurements }) =>
    measurements.at(-1)?.requests
  );
  const phases = new Set(
    last.flatMap((requests) => Object.keys(requests ?? {})),
  );
  const rows = [...phases].flatMap((phase) => {
    const keys = new Set(
      last.flatMap((all) => Object.keys(all?.[phase] ?? {})),
    );
    return [...keys].toSorted(byReading).map((key) => [
      `${phase}: ${key}`,
      ...last.map((all) => `${all?.[phase]?.[key] ?? ""}`),
    ]);
  });
  return textTable([
    ["requests", ...outcomes.map(({ name }) => name)],
    ...rows,
  ]);
}

function byReading(a: string, b: string): number {
  return Number(isReading(a)) - Number(isReading(b)) || (a < b ? -1 : 1);
}
