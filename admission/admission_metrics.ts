import type {
  Counter,
  Gauge,
  Histogram,
} from "../core/telemetry/instrument.ts";
import {
  makeCounter,
  makeGauge,
  makeHistogram,
} from "../core/telemetry/make_instrument.ts";
import type { Metric } from "../core/telemetry/metric.ts";
import type { MetricsRegistry } from "../core/telemetry/metrics.ts";

/**
 * The instruments of webhooks.
 *
 * Names shared with controller-runtime are theirs; `webhook` is the path.
 */
export interface AdmissionMetrics {
  /** `controller_runtime_webhook_requests_total`. */
  readonly requests: Counter<"webhook" | "code">;
  /** `controller_runtime_webhook_requests_in_flight`. */
  readonly inFlight: Gauge<"webhook">;
  /** `controller_runtime_webhook_latency_seconds`. */
  readonly latency: Histogram<"webhook">;
  /** `koprs_webhook_denials_total`. */
  readonly denials: Counter<"webhook">;
  /** `certwatcher_read_certificate_total`. */
  readonly certificates: Counter;
  /** `certwatcher_read_certificate_errors_total`. */
  readonly certificateErrors: Counter;
  /** `koprs_webhook_certificate_expiry_seconds`. */
  readonly certificateExpiry: Gauge;
}

/** In seconds; those of controller-runtime, up to the longest timeout. */
const LATENCY_BUCKETS = [
  0.0005,
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
  5,
  10,
  30,
];

/** A registry of prom-client, as far as metrics get onto it. */
interface OpenRegistry extends MetricsRegistry {
  registerMetric(metric: Metric<string>): void;
}

const shown = new WeakSet<MetricsRegistry>();
const { metrics, families } = makeMetrics();

/** The instruments of this process. */
export const admissionMetrics: AdmissionMetrics = metrics;

/**
 * Shows the instruments on a registry, once.
 *
 * @param registry The registry.
 * @throws {TypeError} If the registry is not one of prom-client.
 */
export function showAdmissionMetrics(registry: MetricsRegistry): void {
  if (shown.has(registry)) return;
  if (!isRegistry(registry)) {
    throw new TypeError(
      "Cannot show metrics: the registry is not one of prom-client",
    );
  }
  for (const family of families) registry.registerMetric(family);
  shown.add(registry);
}

/** By shape: the application may use another copy of prom-client. */
function isRegistry(registry: MetricsRegistry): registry is OpenRegistry {
  return "registerMetric" in registry;
}

function makeMetrics(): {
  readonly metrics: AdmissionMetrics;
  readonly families: readonly Metric<string>[];
} {
  const families: Metric<string>[] = [];
  function keep<I>(
    { instrument, metric }: { instrument: I; metric: Metric<string> },
  ): I {
    families.push(metric);
    return instrument;
  }
  const metrics: AdmissionMetrics = {
    requests: keep(makeCounter({
      name: "controller_runtime_webhook_requests_total",
      help: "Requests of webhooks by status code",
      labelNames: ["webhook", "code"],
    })),
    inFlight: keep(makeGauge({
      name: "controller_runtime_webhook_requests_in_flight",
      help: "Requests of webhooks in progress",
      labelNames: ["webhook"],
    })),
    latency: keep(makeHistogram({
      name: "controller_runtime_webhook_latency_seconds",
      help: "How long a webhook took, in seconds",
      labelNames: ["webhook"],
      buckets: LATENCY_BUCKETS,
    })),
    denials: keep(makeCounter({
      name: "koprs_webhook_denials_total",
      help: "Requests that webhooks denied",
      labelNames: ["webhook"],
    })),
    certificates: keep(makeCounter({
      name: "certwatcher_read_certificate_total",
      help: "Certificates that were read",
      labelNames: [],
    })),
    certificateErrors: keep(makeCounter({
      name: "certwatcher_read_certificate_errors_total",
      help: "Certificates that could not be used",
      labelNames: [],
    })),
    certificateExpiry: keep(makeGauge({
      name: "koprs_webhook_certificate_expiry_seconds",
      help: "When the served certificate ends, in seconds since 1970",
      labelNames: [],
    })),
  };
  return { metrics, families };
}
