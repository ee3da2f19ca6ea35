import type { Clock } from "../timing/clock.ts";
import type { MetricsRegistry } from "../telemetry/metrics.ts";

/** Options of a {@linkcode LeaderElector}. */
export interface LeaderElectorOptions {
  /** Namespace of the Lease. */
  readonly namespace: string;
  /** Name of the Lease: one per program. */
  readonly name: string;
  /**
   * Who this process is; no two processes may be the same.
   *
   * @default name of the Pod or host, `_`, and a random UUID
   */
  readonly identity?: string;
  /**
   * How long others wait after the last renewal they saw before they take
   * over, in milliseconds; whole seconds.
   *
   * @default 15000
   */
  readonly leaseDuration?: number;
  /**
   * How long after its last renewal the leader stops to lead, in
   * milliseconds. The difference to `leaseDuration` is the time for work to
   * stop, and `leaseDuration / renewDeadline` is how much faster another
   * machine's clock may run.
   *
   * @default 10000
   */
  readonly renewDeadline?: number;
  /**
   * How often to try, in milliseconds.
   *
   * @default 2000
   */
  readonly retryPeriod?: number;
  /**
   * Where `leader_election_master_status` goes.
   *
   * @default those of the process
   */
  readonly registry?: MetricsRegistry | undefined;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /**
   * Spreads the tries of candidates, in [0, 1).
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined;
}

/** The times of a leader election, in milliseconds. */
export interface LeaseTimes {
  /** How long others wait. */
  readonly leaseDuration: number;
  /** When the leader stops. */
  readonly renewDeadline: number;
  /** How often to try. */
  readonly retryPeriod: number;
}

/** How much longer candidates may wait between tries; client-go's. */
export const JITTER = 1.2;

/**
 * Fills in and checks the times of a leader election; the rules and defaults
 * are client-go's.
 *
 * @example Take the defaults
 * ```ts
 * import { leaseTimes } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const options = { namespace: "default", name: "operator" };
 * assertEquals(leaseTimes(options).leaseDuration, 15_000);
 * ```
 *
 * @param options The options.
 * @returns The times.
 * @throws {RangeError} If the times do not fit together.
 */
export function leaseTimes(options: LeaderElectorOptions): LeaseTimes {
  const {
    leaseDuration = 15_000,
    renewDeadline = 10_000,
    retryPeriod = 2_000,
  } = options;
  const what = `Cannot elect a leader with Lease "${options.name}"`;
  if (!(leaseDuration >= 1_000) || leaseDuration % 1_000 !== 0) {
    throw new RangeError(
      `${what}: leaseDuration must be whole seconds, not ${leaseDuration} ms`,
    );
  }
  if (!(retryPeriod > 0)) {
    throw new RangeError(
      `${what}: retryPeriod must be more than 0, not ${retryPeriod} ms`,
    );
  }
  if (!(renewDeadline > retryPeriod * JITTER)) {
    throw new RangeError(
      `${what}: renewDeadline of ${renewDeadline} ms must be more than ` +
        `${JITTER} times the retryPeriod of ${retryPeriod} ms`,
    );
  }
  if (!(leaseDuration > renewDeadline)) {
    throw new RangeError(
      `${what}: leaseDuration of ${leaseDuration} ms must be more than ` +
        `the renewDeadline of ${renewDeadline} ms`,
    );
  }
  return { leaseDuration, renewDeadline, retryPeriod };
}
