import type { LoggingOptions } from "../telemetry/logger.ts";
import type { Clock } from "../timing/clock.ts";
import type { LeaderElectorOptions } from "./leader_elector_options.ts";
import type { LeaseClient } from "./lease.ts";
import type { MetricsOptions } from "./metrics_routes.ts";
import type { ProbeOptions } from "./probes.ts";

/** Leader election of {@linkcode run}. */
export interface LeaderElectionOptions extends LeaderElectorOptions {
  /** Where the Lease is: `client.resource(Lease)`. */
  readonly resource: LeaseClient;
}

/** Options of {@linkcode run}. */
export interface RunOptions {
  /**
   * Where to serve `/readyz`, `/livez` and `/healthz`.
   *
   * @default nowhere
   */
  readonly probes?: ProbeOptions;
  /**
   * Where to serve `/metrics`; may be the address of the probes.
   *
   * @default nowhere
   */
  readonly metrics?: MetricsOptions;
  /**
   * From the stop to giving up, in milliseconds; shorter than the Pod's
   * `terminationGracePeriodSeconds`.
   *
   * @default 30000
   */
  readonly gracePeriod?: number;
  /**
   * Stops everything in order.
   *
   * @default never
   */
  readonly signal?: AbortSignal;
  /**
   * Whether SIGTERM and SIGINT stop everything in order.
   *
   * @default true
   */
  readonly signals?: boolean;
  /**
   * Runs what needs a leader only while this process leads.
   *
   * @default none: everything runs
   */
  readonly leaderElection?: LeaderElectionOptions;
  /**
   * How to log, if the application has not configured LogTape; `false` leaves
   * that to the application.
   *
   * @default {}
   */
  readonly logging?: LoggingOptions | false;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock;
}

/** How {@linkcode run} ended. */
export interface RunResult {
  /**
   * `"signal"`: the system asked to stop; `"aborted"`: the caller's signal
   * did; `"finished"`: everything is done.
   */
  readonly reason: "signal" | "aborted" | "finished";
  /** The signal of the system, if that was the reason. */
  readonly signal?: Deno.Signal;
}
