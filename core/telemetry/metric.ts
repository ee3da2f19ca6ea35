/** One line of a metric, as prom-client's registries read it. */
export interface MetricLine {
  /** The name, if it is not that of the metric. */
  readonly metricName?: string;
  /** The labels. */
  readonly labels: Readonly<Record<string, string | number>>;
  /** The value. */
  readonly value: number;
}

/** What is known of a metric at one moment. */
export interface MetricSnapshot {
  /** The name. */
  readonly name: string;
  /** What it counts, for people. */
  readonly help: string;
  /** How it counts. */
  readonly type: "counter" | "gauge" | "histogram";
  /** How values of several processes become one. */
  readonly aggregator: "sum";
  /** The lines. */
  readonly values: readonly MetricLine[];
}

/**
 * What a metric is about.
 *
 * @typeParam L The names of its labels.
 */
export interface MetricOptions<L extends string> {
  /** The name, after the conventions of Prometheus. */
  readonly name: string;
  /** What it counts, for people. */
  readonly help: string;
  /** How it counts. */
  readonly type: MetricSnapshot["type"];
  /** The names of its labels. */
  readonly labelNames: readonly L[];
  /**
   * What each series starts with.
   *
   * @default {[0]}
   */
  readonly zero?: readonly number[];
  /**
   * Writes the numbers of a series as lines, without its labels.
   *
   * @default {a line with the first number}
   */
  readonly lines?: (numbers: readonly number[], name: string) => MetricLine[];
}

/** Numbers with equal labels. */
interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly numbers: number[];
}

/**
 * A metric that prom-client's registries take for one of theirs.
 *
 * The library counts by itself, since to load prom-client takes longer than
 * to start an operator, and to count by it as long as an empty reconcile. A
 * registry is needed only where somebody reads the numbers.
 *
 * @example Count on a registry
 * ```ts
 * import { Metric } from "./metric.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const metric = new Metric({
 *   name: "greetings_total",
 *   help: "Greetings by language",
 *   type: "counter",
 *   labelNames: ["language"],
 * });
 * metric.at({ language: "de" })[0] = 3;
 * const { values } = await metric.get();
 * assertEquals(values, [{ labels: { language: "de" }, value: 3 }]);
 * ```
 *
 * @typeParam L The names of its labels.
 */
export class Metric<L extends string> {
  /** The name; registries of the OpenMetrics format shorten that of counters. */
  name: string;
  readonly #options: MetricOptions<L>;
  readonly #series = new Map<string, Series>();

  /**
   * Makes a metric; without labels it starts at zero.
   *
   * @param options What it is about.
   */
  constructor(options: MetricOptions<L>) {
    this.name = options.name;
    this.#options = options;
    this.reset();
  }

  /** How it counts; prom-client's registries ask for it. */
  get type(): MetricSnapshot["type"] {
    return this.#options.type;
  }

  /** Forgets all values. */
  reset(): void {
    this.#series.clear();
    // Without label names there are no labels.
    const none = {} as Record<L, string>;
    if (this.#options.labelNames.length === 0) this.at(none);
  }

  /**
   * The numbers of a series, to be changed in place.
   *
   * @param labels A value for each label.
   * @returns The numbers.
   */
  at(labels: Readonly<Record<L, string>>): number[] {
    const { labelNames, zero = [0] } = this.#options;
    let id = "";
    for (let i = 0; i < labelNames.length; i++) {
      const name = labelNames[i];
      const value = name === undefined ? "" : labels[name];
      id = i === 0 ? value : `${id}\0${value}`;
    }
    let series = this.#series.get(id);
    if (series === undefined) {
      const entries = labelNames.map((name) => [name, labels[name]] as const);
      series = { labels: Object.fromEntries(entries), numbers: [...zero] };
      this.#series.set(id, series);
    }
    return series.numbers;
  }

  /**
   * Reads all values.
   *
   * @returns The values; prom-client wants a promise.
   */
  get(): Promise<MetricSnapshot> {
    const { name } = this;
    const { help, type, lines = firstNumber } = this.#options;
    const values = [...this.#series.values()].flatMap(({ labels, numbers }) =>
      lines(numbers, name).map((line) => ({
        ...line,
        labels: { ...line.labels, ...labels },
      }))
    );
    return Promise.resolve({ name, help, type, aggregator: "sum", values });
  }
}

function firstNumber([value = 0]: readonly number[]): MetricLine[] {
  return [{ labels: {}, value }];
}
