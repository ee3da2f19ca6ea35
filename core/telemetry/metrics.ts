import * as prom from "prom-client";
import type { Counter, Gauge, Histogram } from "./instrument.ts";

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

/**
 * The instruments of the library, on one registry.
 *
 * Names shared with controller-runtime and client-go are theirs, so that
 * their dashboards and alerts work. No label holds an object name, a URL or
 * the text of an error: the number of series stays small.
 */
export interface KoprsMetrics {
  /** `koprs_reconciliations_total`; result is `success`, `error`, `requeue` or `terminal`. */
  readonly reconciliations: Counter<"controller" | "result">;
  /** `koprs_reconcile_errors_total`. */
  readonly reconcileErrors: Counter<"controller">;
  /** `koprs_reconcile_duration_seconds`. */
  readonly reconcileDuration: Histogram<"controller">;
  /** `controller_runtime_active_workers`. */
  readonly activeWorkers: Gauge<"controller">;
  /** `controller_runtime_max_concurrent_reconciles`. */
  readonly maxConcurrentReconciles: Gauge<"controller">;
  /** `workqueue_depth`. */
  readonly queueDepth: Gauge<"name">;
  /** `workqueue_adds_total`. */
  readonly queueAdds: Counter<"name">;
  /** `workqueue_queue_duration_seconds`. */
  readonly queueDuration: Histogram<"name">;
  /** `workqueue_work_duration_seconds`. */
  readonly workDuration: Histogram<"name">;
  /** `workqueue_retries_total`. */
  readonly queueRetries: Counter<"name">;
  /** `rest_client_requests_total`; code is `<error>` when there was no answer. */
  readonly requests: Counter<"code" | "method">;
  /** `leader_election_master_status`: 1 while this process holds the Lease, else 0. */
  readonly leader: Gauge<"name">;
  /** `koprs_unhandled_rejections_total`. */
  readonly unhandledRejections: Counter;
  /** `koprs_event_loop_lag_seconds`. */
  readonly eventLoopLag: Gauge;
}

/** The registry that is used when none is given: prom-client's global one. */
export const defaultRegistry: MetricsRegistry = prom.register;

const made = new WeakMap<MetricsRegistry, KoprsMetrics>();

/** In seconds; those of the Rust koprs. */
const RECONCILE_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

/** In seconds; controller-runtime's decades, less those below a microsecond. */
const QUEUE_BUCKETS = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000];

/**
 * Gets the instruments of a registry, made on first use.
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
 * @param registry The registry; prom-client's global one by default.
 * @returns The instruments, the same ones each time.
 * @throws {TypeError} If the registry is not one of prom-client.
 */
export function metricsFor(
  registry: MetricsRegistry = defaultRegistry,
): KoprsMetrics {
  let metrics = made.get(registry);
  if (metrics === undefined) {
    if (!isRegistry(registry)) {
      throw new TypeError(
        "Cannot make metrics: the registry is not one of prom-client",
      );
    }
    metrics = makeMetrics(registry);
    made.set(registry, metrics);
  }
  return metrics;
}

/** By shape: the application may use another copy of prom-client. */
function isRegistry(registry: MetricsRegistry): registry is prom.Registry {
  return "registerMetric" in registry;
}

function makeMetrics(registry: prom.Registry): KoprsMetrics {
  const registers = [registry];
  const counter = <L extends string>(
    name: string,
    help: string,
    ...labelNames: L[]
  ) => new prom.Counter<L>({ name, help, labelNames, registers });
  const gauge = <L extends string>(
    name: string,
    help: string,
    ...labelNames: L[]
  ) => new prom.Gauge<L>({ name, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    options: { readonly labelNames: L[]; readonly buckets: number[] },
  ) => new prom.Histogram<L>({ name, help, ...options, registers });
  return {
    reconciliations: counter(
      "koprs_reconciliations_total",
      "Reconciliations by result",
      "controller",
      "result",
    ),
    reconcileErrors: counter(
      "koprs_reconcile_errors_total",
      "Reconciliations that failed",
      "controller",
    ),
    reconcileDuration: histogram(
      "koprs_reconcile_duration_seconds",
      "How long a reconciliation took, in seconds",
      { labelNames: ["controller"], buckets: RECONCILE_BUCKETS },
    ),
    activeWorkers: gauge(
      "controller_runtime_active_workers",
      "Reconciliations in progress",
      "controller",
    ),
    maxConcurrentReconciles: gauge(
      "controller_runtime_max_concurrent_reconciles",
      "Most reconciliations at a time",
      "controller",
    ),
    queueDepth: gauge("workqueue_depth", "Keys that wait", "name"),
    queueAdds: counter("workqueue_adds_total", "Keys added", "name"),
    queueDuration: histogram(
      "workqueue_queue_duration_seconds",
      "How long a key waited, in seconds",
      { labelNames: ["name"], buckets: QUEUE_BUCKETS },
    ),
    workDuration: histogram(
      "workqueue_work_duration_seconds",
      "How long a key was worked on, in seconds",
      { labelNames: ["name"], buckets: QUEUE_BUCKETS },
    ),
    queueRetries: counter(
      "workqueue_retries_total",
      "Keys added again after a failure",
      "name",
    ),
    requests: counter(
      "rest_client_requests_total",
      "API requests by status code and method",
      "code",
      "method",
    ),
    leader: gauge(
      "leader_election_master_status",
      "Whether this process holds the Lease",
      "name",
    ),
    unhandledRejections: counter(
      "koprs_unhandled_rejections_total",
      "Failures that nobody awaited",
    ),
    eventLoopLag: gauge(
      "koprs_event_loop_lag_seconds",
      "How late the event loop was when last measured, in seconds",
    ),
  };
}
