import type { RequestCounts } from "./request_counts.ts";

/** What is measured of an operator. */
export interface Figures {
  /** Milliseconds from the start to the first object that is Ready. */
  readonly firstReady: number;
  /** Milliseconds from the start until all objects are Ready. */
  readonly allReady: number;
  /** Seconds of CPU time until then. */
  readonly cpuReady: number;
  /** Seconds of CPU time until nothing was left to do. */
  readonly cpuSettled: number;
  /** Most resident memory until then, in MiB. */
  readonly peakMemory: number;
  /** Requests per object until then. */
  readonly requests: number;
  /** Milliseconds from the first changed spec until all are Ready again. */
  readonly changeReady: number;
  /** Seconds of CPU time for that. */
  readonly changeCpu: number;
  /** Requests per object for that. */
  readonly changeRequests: number;
  /** Milliseconds from SIGTERM to the end. */
  readonly stop: number;
  /** Seconds of CPU time of a start without work. */
  readonly restartCpu: number;
  /** Resident memory after a start without work, in MiB. */
  readonly restartMemory: number;
  /** Requests per object of a start without work. */
  readonly restartRequests: number;
  /** Milliseconds from a start until all damage is repaired. */
  readonly repair: number;
  /** Requests per damaged object for that. */
  readonly repairRequests: number;
}

/** A part of what is measured, with the requests that were counted. */
export interface Measurement<Key extends keyof Figures = keyof Figures> {
  /** The figures. */
  readonly figures: Pick<Figures, Key>;
  /** Requests by phase. */
  readonly requests: Readonly<Record<string, RequestCounts>>;
}

/** How a figure is shown. */
export interface FigureRow {
  /** Which. */
  readonly key: keyof Figures;
  /** What it is called. */
  readonly label: string;
  /** Digits behind the point. */
  readonly digits: number;
}

/** The figures in the order of the table. */
export const FIGURE_ROWS: readonly FigureRow[] = [
  { key: "firstReady", label: "first Ready (ms)", digits: 0 },
  { key: "allReady", label: "all Ready (ms)", digits: 0 },
  { key: "cpuReady", label: "CPU until all Ready (s)", digits: 2 },
  { key: "cpuSettled", label: "CPU until settled (s)", digits: 2 },
  { key: "peakMemory", label: "peak memory (MiB)", digits: 0 },
  { key: "requests", label: "requests per object", digits: 2 },
  { key: "changeReady", label: "change: all Ready (ms)", digits: 0 },
  { key: "changeCpu", label: "change: CPU (s)", digits: 2 },
  { key: "changeRequests", label: "change: requests per object", digits: 2 },
  { key: "stop", label: "stop (ms)", digits: 0 },
  { key: "restartCpu", label: "restart: CPU (s)", digits: 2 },
  { key: "restartMemory", label: "restart: memory (MiB)", digits: 0 },
  { key: "restartRequests", label: "restart: requests per object", digits: 2 },
  { key: "repair", label: "repair: all right (ms)", digits: 0 },
  { key: "repairRequests", label: "repair: requests per object", digits: 2 },
];

/**
 * The middle of several measurements, figure by figure.
 *
 * @param all The figures of each, at least one.
 * @returns The medians; of an even number the lower one.
 */
export function medianFigures(all: readonly [Figures, ...Figures[]]): Figures {
  const figures = { ...all[0] };
  for (const { key } of FIGURE_ROWS) {
    figures[key] = median(all.map((each) => each[key]));
  }
  return figures;
}

/**
 * The middle of several numbers.
 *
 * @param values The numbers.
 * @returns The median; of an even number the lower one, of none `NaN`.
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
