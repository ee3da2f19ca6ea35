import { getLogger } from "../telemetry/logger.ts";
import { metricsFor } from "../telemetry/metrics.ts";
import { type Clock, systemClock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { boundedCall } from "./bounded_call.ts";
import { HeldLease, releaseLease } from "./held_lease.ts";
import {
  JITTER,
  type LeaderElectorOptions,
  type LeaseTimes,
  leaseTimes,
} from "./leader_elector_options.ts";
import { leaderIdentity } from "./leader_identity.ts";
import type { LeaseClient } from "./lease.ts";
import { LeaseLock } from "./lease_lock.ts";

/** Options of {@linkcode LeaderElector.acquire}. */
export interface AcquireOptions {
  /**
   * Ends the wait.
   *
   * @default never
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Elects one of several processes by a Lease, with client-go's algorithm:
 * candidates of both can stand for the same Lease.
 *
 * A process leads at most `renewDeadline` after its last renewal, and others
 * wait `leaseDuration` after the last renewal they saw; clocks are never
 * compared. Call {@linkcode HeldLease.fence} before writes that must not
 * happen twice. The program needs the verbs `get`, `create` and `patch` on
 * `leases` of the group `coordination.k8s.io`.
 *
 * @example Become the leader
 * ```ts
 * import { Lease } from "@koprs/koprs/builtin";
 * import { Client, LeaderElector } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const elector = new LeaderElector(client.resource(Lease), {
 *   namespace: "default",
 *   name: "example",
 * });
 * await using lease = await elector.acquire();
 * assertEquals(lease.signal.aborted, false);
 * ```
 */
export class LeaderElector {
  /** Who this process is. */
  readonly identity: string;
  /** The Lease, as `namespace/name`. */
  readonly lease: string;
  readonly #client: LeaseClient;
  readonly #options: LeaderElectorOptions;
  readonly #times: LeaseTimes;
  readonly #clock: Clock;

  /**
   * Makes a candidate; {@linkcode LeaderElector.acquire} lets it stand.
   *
   * @param client Where the Lease is: `client.resource(Lease)`.
   * @param options Which Lease, and the times.
   * @throws {RangeError} If the times do not fit together.
   */
  constructor(client: LeaseClient, options: LeaderElectorOptions) {
    this.#client = client;
    this.#options = options;
    this.#times = leaseTimes(options);
    this.#clock = options.clock ?? systemClock;
    this.identity = options.identity || leaderIdentity();
    this.lease = `${options.namespace}/${options.name}`;
    this.#report(false);
  }

  /**
   * Waits until this process leads.
   *
   * An unreachable API server only makes the wait longer.
   *
   * @param options What ends the wait.
   * @returns The Lease, to be disposed; rejects with `signal.reason` on abort.
   */
  async acquire(options: AcquireOptions = {}): Promise<HeldLease> {
    const { signal } = options;
    const { namespace, name } = this.#options;
    const { identity, lease } = this;
    const { leaseDuration } = this.#times;
    const clock = this.#clock;
    const lock = new LeaseLock(this.#client, {
      namespace,
      name,
      identity,
      leaseDuration,
      clock,
    });
    const logger = getLogger("run");
    logger.info("Waiting for the Lease", { lease, identity });
    try {
      while (!await this.#try(lock, signal)) {
        await sleep(this.#delay(lock), { signal, clock });
      }
    } catch (error) {
      if (lock.mayHold) {
        await releaseLease(lock, { ...this.#times, lease, clock });
      }
      throw error;
    }
    logger.info("Leading", { lease, identity });
    return new HeldLease(lock, {
      ...this.#times,
      lease,
      clock,
      onLeading: (leading) => this.#report(leading),
    });
  }

  /** Throws only on abort. */
  async #try(
    lock: LeaseLock,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const timeout = this.#times.renewDeadline / 2;
    const clock = this.#clock;
    try {
      return await lock.acquire((request) =>
        boundedCall(
          (signal) => request({ signal, timeout, lane: "lease" }),
          { timeout, signal, clock },
        )
      );
    } catch (error) {
      signal?.throwIfAborted();
      const { lease } = this;
      getLogger("run").warning("Cannot take the Lease yet", { lease, error });
      return false;
    }
  }

  /** Between one and 2.2 retry periods, but not beyond the end of a term. */
  #delay(lock: LeaseLock): number {
    const random = this.#options.random ?? Math.random;
    const delay = this.#times.retryPeriod * (1 + JITTER * random());
    const isHeld = lock.holder !== "" && lock.termLeft >= 0;
    return isHeld ? Math.min(delay, lock.termLeft + 1) : delay;
  }

  #report(leading: boolean): void {
    const { leader } = metricsFor(this.#options.registry);
    leader.set({ name: this.#options.name }, leading ? 1 : 0);
  }
}
