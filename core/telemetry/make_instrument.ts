import type { Counter, Gauge, Histogram } from "./instrument.ts";
import { Metric, type MetricLine } from "./metric.ts";

/**
 * An instrument, and the metric that holds its numbers.
 *
 * @typeParam I The instrument.
 */
export interface Measured<I> {
  /** What counts. */
  readonly instrument: I;
  /** What a registry reads. */
  readonly metric: Metric<string>;
}

/**
 * What an instrument is about.
 *
 * @typeParam L The names of its labels.
 */
export interface InstrumentOptions<L extends string> {
  /** The name, after the conventions of Prometheus. */
  readonly name: string;
  /** What it counts, for people. */
  readonly help: string;
  /** The names of its labels. */
  readonly labelNames: readonly L[];
}

/**
 * Makes a number that only grows.
 *
 * @typeParam L The names of its labels.
 * @param options What it is about.
 * @returns The counter.
 */
export function makeCounter<L extends string>(
  options: InstrumentOptions<L>,
): Measured<Counter<L>> {
  const metric = new Metric<L>({ ...options, type: "counter" });
  return {
    metric,
    instrument: { inc: (labels, value = 1) => add(metric.at(labels), value) },
  };
}

/**
 * Makes a number that goes up and down.
 *
 * @typeParam L The names of its labels.
 * @param options What it is about.
 * @returns The gauge.
 */
export function makeGauge<L extends string>(
  options: InstrumentOptions<L>,
): Measured<Gauge<L>> {
  const metric = new Metric<L>({ ...options, type: "gauge" });
  return {
    metric,
    instrument: {
      set: (labels, value) => void (metric.at(labels)[0] = value),
      inc: (labels, value = 1) => add(metric.at(labels), value),
      dec: (labels, value = 1) => add(metric.at(labels), -value),
    },
  };
}

/**
 * Makes what counts values by size.
 *
 * @typeParam L The names of its labels.
 * @param options What it is about, and the upper bounds of the buckets.
 * @returns The histogram.
 */
export function makeHistogram<L extends string>(
  options: InstrumentOptions<L> & { readonly buckets: readonly number[] },
): Measured<Histogram<L>> {
  const { buckets } = options;
  // The buckets, the one of what is larger than all, and the sum.
  const sum = buckets.length + 1;
  const metric = new Metric<L>({
    ...options,
    type: "histogram",
    zero: new Array<number>(sum + 1).fill(0),
    lines: (numbers, name) => histogramLines(numbers, { name, buckets }),
  });
  return {
    metric,
    instrument: {
      observe: (labels, value) => {
        const numbers = metric.at(labels);
        let bucket = 0;
        while (bucket < buckets.length && value > (buckets[bucket] ?? 0)) {
          bucket++;
        }
        numbers[bucket] = (numbers[bucket] ?? 0) + 1;
        numbers[sum] = (numbers[sum] ?? 0) + value;
      },
    },
  };
}

function add(numbers: number[], value: number): void {
  numbers[0] = (numbers[0] ?? 0) + value;
}

/** Each bucket holds those below it, too. */
function histogramLines(
  numbers: readonly number[],
  { name, buckets }: {
    readonly name: string;
    readonly buckets: readonly number[];
  },
): MetricLine[] {
  let count = 0;
  const lines: MetricLine[] = [...buckets, "+Inf"].map((le, index) => {
    count += numbers[index] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le }, value: count };
  });
  const sum = numbers[buckets.length + 1] ?? 0;
  return [
    ...lines,
    { metricName: `${name}_sum`, labels: {}, value: sum },
    { metricName: `${name}_count`, labels: {}, value: count },
  ];
}
