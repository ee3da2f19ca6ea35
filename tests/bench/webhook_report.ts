import type { Budget } from "./budgets.ts";
import { median } from "./figures.ts";
import type { LoadResult } from "./load.ts";
import { textTable } from "./text_table.ts";
import type { ServerName } from "./webhook_servers.ts";

/** Whether connections are encrypted. */
export type Scheme = "http" | "https";

/** One measurement of one server. */
export interface WebhookSample extends LoadResult {
  /** Which server. */
  readonly server: ServerName;
  /** Whether connections were encrypted. */
  readonly scheme: Scheme;
  /** Microseconds of CPU time per answer. */
  readonly cpu: number;
  /** Most resident memory until then, in MiB. */
  readonly peak: number;
}

/** The middle of several measurements of one server. */
export type WebhookFigures = Omit<WebhookSample, "server" | "scheme">;

const COLUMNS = ["rate", "p50", "p99", "cpu", "peak", "failures"] as const;

/**
 * Sets out the figures as a table.
 *
 * @param samples The measurements.
 * @returns The lines.
 */
export function webhookTable(samples: readonly WebhookSample[]): string {
  const rows = groups(samples).map(({ scheme, server, figures }) => [
    `${server} (${scheme})`,
    figures.rate.toFixed(0),
    figures.p50.toFixed(2),
    figures.p99.toFixed(2),
    figures.cpu.toFixed(0),
    figures.peak.toFixed(0),
    figures.failures.toFixed(0),
  ]);
  const heading = [
    "server",
    "requests/s",
    "p50 (ms)",
    "p99 (ms)",
    "CPU (µs)",
    "peak (MiB)",
    "failures",
  ];
  return textTable([heading, ...rows]);
}

/**
 * Compares ours with what is allowed. Ratios are those of the same round,
 * since other work on the machine slows all servers of a round.
 *
 * @param samples The measurements.
 * @returns Each budget that can be told.
 */
export function webhookBudgets(samples: readonly WebhookSample[]): Budget[] {
  return (["http", "https"] as const).flatMap((scheme) => {
    const of = (server: ServerName): readonly WebhookSample[] =>
      samples.filter((each) =>
        each.scheme === scheme && each.server === server
      );
    const ours = of("ours");
    return [
      ...atLeast(0.75, { scheme, ours, other: of("bare") }),
      ...atLeast(1.5, { scheme, ours, other: of("rust") }),
      ...noLater({ scheme, ours, other: of("rust") }),
    ];
  });
}

interface Pair {
  readonly scheme: Scheme;
  readonly ours: readonly WebhookSample[];
  readonly other: readonly WebhookSample[];
}

function atLeast(least: number, { scheme, ours, other }: Pair): Budget[] {
  if (ours.length === 0 || other.length !== ours.length) return [];
  const ratio = median(
    ours.map(({ rate }, round) => rate / (other[round]?.rate ?? NaN)),
  );
  return [{
    text: `${scheme}: at least ${least} × ${other[0]?.server}: ${
      ratio.toFixed(2)
    }`,
    isMet: ratio >= least,
    isStrict: false,
  }];
}

function noLater({ scheme, ours, other }: Pair): Budget[] {
  if (ours.length === 0 || other.length === 0) return [];
  const own = median(ours.map(({ p99 }) => p99));
  const theirs = median(other.map(({ p99 }) => p99));
  return [{
    text: `${scheme}: p99 no later than ${other[0]?.server}: ${
      own.toFixed(2)
    } ms, ${theirs.toFixed(2)} ms`,
    isMet: own <= theirs,
    isStrict: false,
  }];
}

function groups(samples: readonly WebhookSample[]): readonly {
  readonly scheme: Scheme;
  readonly server: ServerName;
  readonly figures: WebhookFigures;
}[] {
  const keys = new Map(
    samples.map(({ scheme, server }) => [
      `${scheme} ${server}`,
      { scheme, server },
    ]),
  );
  return [...keys.values()].sort((a, b) => a.scheme.localeCompare(b.scheme))
    .map((key) => {
      const own = samples.filter(({ scheme, server }) =>
        scheme === key.scheme && server === key.server
      );
      const count = own.reduce((sum, each) => sum + each.count, 0);
      const middle = Object.fromEntries(
        COLUMNS.map((name) => [name, median(own.map((each) => each[name]))]),
      ) as Record<typeof COLUMNS[number], number>; // one entry per column
      return { ...key, figures: { ...middle, count } };
    });
}
