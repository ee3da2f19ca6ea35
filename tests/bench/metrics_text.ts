/** One value of a metric. */
export interface Sample {
  /** Its labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its value. */
  readonly value: number;
}

/**
 * Reads one metric from Prometheus' text format.
 *
 * @param text All metrics.
 * @param metric The name of one.
 * @returns Its samples.
 */
export function samplesOf(text: string, metric: string): Sample[] {
  return text.split("\n").filter((line) => line.startsWith(`${metric}{`))
    .map((line) => {
      const end = line.lastIndexOf("}");
      const pairs = line.slice(metric.length, end)
        .matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g);
      const labels: Record<string, string> = {};
      for (const [, name = "", value = ""] of pairs) labels[name] = value;
      return {
        labels,
        value: Number(line.slice(end + 1).trim().split(" ")[0]),
      };
    });
}
