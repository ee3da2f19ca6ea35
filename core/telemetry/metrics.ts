import { type KoprsMetrics, makeKoprsMetrics } from "./koprs_metrics.ts";
import type { Metric } from "./metric.ts";

export type { KoprsMetrics } from "./koprs_metrics.ts";

/** What the library needs of a prom-client `Registry`. */
export interface MetricsRegistry {
  /** The media type of {@linkcode MetricsRegistry.metrics}. */
  readonly contentType: string;
  /**
   * Writes all metrics as text.
   *
   * @returns The text, in the Prometheus format.
   */
  metrics(): Promise<string>;
}

/** A registry of prom-client, as far as metrics get onto it. */
interface OpenRegistry extends MetricsRegistry {
  registerMetric(metric: Metric<string>): void;
}

const made = new WeakMap<MetricsRegistry, KoprsMetrics>();
const common = makeKoprsMetrics();

/**
 * Gets the instruments of a registry, made on first use.
 *
 * Without a registry those of the process, which `run()` shows under
 * `/metrics`. They are on prom-client's global registry as soon as that is
 * given here, or is served by `run()`.
 *
 * @example Count a reconciliation
 * ```ts
 * import { metricsFor } from "@koprs/koprs/core";
 * import { assertStringIncludes } from "@std/assert";
 * import { Registry } from "prom-client";
 *
 * const registry = new Registry();
 * const { reconcileErrors } = metricsFor(registry);
 * reconcileErrors.inc({ controller: "greetings" });
 * assertStringIncludes(
 *   await registry.metrics(),
 *   'koprs_reconcile_errors_total{controller="greetings"} 1',
 * );
 * ```
 *
 * @param registry The registry of prom-client.
 * @returns The instruments, the same ones each time.
 * @throws {TypeError} If the registry is not one of prom-client.
 */
export function metricsFor(registry?: MetricsRegistry): KoprsMetrics {
  if (registry === undefined) return common.metrics;
  const known = made.get(registry);
  if (known !== undefined) return known;
  const isCommon = isGlobal(registry);
  return register(registry, isCommon ? common : makeKoprsMetrics());
}

/**
 * Shows the instruments of the process on a registry, unless it has some of
 * its own; `run()` does that for the registry that it serves.
 *
 * @example Serve the metrics by a server of your own
 * ```ts
 * import { exposeMetrics } from "@koprs/koprs/core";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const registry = await exposeMetrics();
 * assertStringIncludes(await registry.metrics(), "rest_client_requests_total");
 * ```
 *
 * @param registry The registry; prom-client's global one by default, which
 * loads prom-client.
 * @returns The registry.
 * @throws {TypeError} If the registry is not one of prom-client.
 */
export async function exposeMetrics(
  registry?: MetricsRegistry,
): Promise<MetricsRegistry> {
  const exposed = registry ?? (await import("prom-client")).register;
  if (!made.has(exposed)) register(exposed, common);
  return exposed;
}

function register(
  registry: MetricsRegistry,
  { metrics, families }: ReturnType<typeof makeKoprsMetrics>,
): KoprsMetrics {
  if (!isRegistry(registry)) {
    throw new TypeError(
      "Cannot make metrics: the registry is not one of prom-client",
    );
  }
  for (const family of families) registry.registerMetric(family);
  made.set(registry, metrics);
  return metrics;
}

/** By shape: the application may use another copy of prom-client. */
function isRegistry(registry: MetricsRegistry): registry is OpenRegistry {
  return "registerMetric" in registry;
}

function isGlobal(registry: MetricsRegistry): boolean {
  const { constructor } = registry;
  return "globalRegistry" in constructor &&
    constructor.globalRegistry === registry;
}
