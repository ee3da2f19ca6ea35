import type { Counter, Gauge, Histogram } from "./instrument.ts";
import { makeCounter, makeGauge, makeHistogram } from "./make_instrument.ts";
import type { Metric } from "./metric.ts";

/**
 * The instruments of the library, on one registry.
 *
 * Names shared with controller-runtime and client-go are theirs, so that
 * their dashboards and alerts work. No label holds an object name, a URL or
 * the text of an error: the number of series stays small.
 */
export interface KoprsMetrics {
  /**
   * `koprs_reconciliations_total`; result is `success`, `error`, `requeue`,
   * `terminal`, `aborted` (the object was deleted meanwhile) or `paused`.
   */
  readonly reconciliations: Counter<"controller" | "result">;
  /** `koprs_reconcile_errors_total`. */
  readonly reconcileErrors: Counter<"controller">;
  /** `koprs_reconcile_duration_seconds`. */
  readonly reconcileDuration: Histogram<"controller">;
  /**
   * `koprs_reconcile_reasons_total`; `other` stands for reasons beyond the
   * first 50 of a controller.
   */
  readonly reconcileReasons: Counter<"controller" | "reason">;
  /** `koprs_self_triggers_total`: reconciles delayed, as in a loop of own writes. */
  readonly selfTriggers: Counter<"controller">;
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

/** In seconds; those of the Rust koprs. */
const RECONCILE_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

/** In seconds; controller-runtime's decades, less those below a microsecond. */
const QUEUE_BUCKETS = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000];

/**
 * Makes a set of instruments, all at zero.
 *
 * @returns The instruments, and what a registry reads.
 */
export function makeKoprsMetrics(): {
  readonly metrics: KoprsMetrics;
  readonly families: readonly Metric<string>[];
} {
  const families: Metric<string>[] = [];
  const counter = <L extends string = never>(
    name: string,
    help: string,
    ...labelNames: L[]
  ): Counter<L> => {
    const { instrument, metric } = makeCounter({ name, help, labelNames });
    families.push(metric);
    return instrument;
  };
  const gauge = <L extends string = never>(
    name: string,
    help: string,
    ...labelNames: L[]
  ): Gauge<L> => {
    const { instrument, metric } = makeGauge({ name, help, labelNames });
    families.push(metric);
    return instrument;
  };
  const histogram = <L extends string>(
    name: string,
    help: string,
    options: {
      readonly labelNames: readonly L[];
      readonly buckets: readonly number[];
    },
  ): Histogram<L> => {
    const { instrument, metric } = makeHistogram({ name, help, ...options });
    families.push(metric);
    return instrument;
  };
  const metrics: KoprsMetrics = {
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
    reconcileReasons: counter(
      "koprs_reconcile_reasons_total",
      "Why objects were reconciled",
      "controller",
      "reason",
    ),
    selfTriggers: counter(
      "koprs_self_triggers_total",
      "Reconciliations delayed because only own writes asked for them",
      "controller",
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
  return { metrics, families };
}
