import type { KoprsMetrics } from "../telemetry/metrics.ts";

/** So many different reasons are told apart in metrics. */
const MAX_REASONS = 50;

/** Counts reasons, and makes sure that there are not too many series. */
export class ReasonCount {
  readonly #metrics: KoprsMetrics;
  readonly #controller: string;
  readonly #known = new Set<string>();

  /**
   * Counts for one controller.
   *
   * @param controller What it is called.
   * @param metrics Where numbers go.
   */
  constructor(controller: string, metrics: KoprsMetrics) {
    this.#metrics = metrics;
    this.#controller = controller;
  }

  /**
   * Counts the reasons of one reconcile.
   *
   * @param reasons The reasons.
   */
  add(reasons: ReadonlySet<string>): void {
    for (const reason of reasons) {
      if (this.#known.size < MAX_REASONS) this.#known.add(reason);
      this.#metrics.reconcileReasons.inc({
        controller: this.#controller,
        reason: this.#known.has(reason) ? reason : "other",
      });
    }
  }
}
