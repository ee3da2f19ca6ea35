import { getLogger } from "../telemetry/logger.ts";
import type { Clock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { boundedCall } from "./bounded_call.ts";
import type { LeaseTimes } from "./leader_elector_options.ts";
import type { LeaseCall, LeaseLock } from "./lease_lock.ts";
import { NotLeaderError } from "./not_leader_error.ts";

/** What a {@linkcode HeldLease} needs to know. */
export interface HeldLeaseOptions extends LeaseTimes {
  /** The Lease, as `namespace/name`. */
  readonly lease: string;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Told when it begins and ends to lead. */
  readonly onLeading: (leading: boolean) => void;
}

/**
 * The time during which this process leads; renews the Lease until disposed.
 *
 * Made by {@linkcode LeaderElector.acquire}. Dispose it when all work that
 * needs it has stopped: that gives the Lease back.
 *
 * @example Lead while a block runs
 * ```ts
 * import { Lease } from "@koprs/koprs/builtin";
 * import { Client, LeaderElector } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const elector = new LeaderElector(client.resource(Lease), {
 *   namespace: "default",
 *   name: "example",
 * });
 * {
 *   await using lease = await elector.acquire();
 *   lease.fence(); // throws if we no longer lead
 * }
 * ```
 */
export class HeldLease implements AsyncDisposable {
  readonly #lock: LeaseLock;
  readonly #options: HeldLeaseOptions;
  readonly #lost = new AbortController();
  readonly #end = new AbortController();
  readonly #renewing: Promise<void>;
  #takenOver = false;
  #cancelDeadline: () => void = () => {};
  #disposed: Promise<void> | undefined;

  /**
   * Starts to renew.
   *
   * @param lock The Lease, just acquired.
   * @param options Times and names.
   */
  constructor(lock: LeaseLock, options: HeldLeaseOptions) {
    this.#lock = lock;
    this.#options = options;
    options.onLeading(true);
    this.#watchDeadline();
    this.#renewing = this.#keepRenewing();
  }

  /** Aborts with a {@linkcode NotLeaderError} when the Lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * How long nobody else can lead yet, in milliseconds: the time for work to
   * stop after a loss.
   */
  get timeLeft(): number {
    const { clock, leaseDuration } = this.#options;
    if (this.#takenOver) return 0;
    return Math.max(0, this.#lock.renewedAt + leaseDuration - clock.now());
  }

  /**
   * Makes sure that this process leads; to be called right before each write
   * that only the leader may do.
   *
   * Timers of a process that was stopped for a while fire late and in any
   * order, so this looks at the time itself.
   *
   * @throws {NotLeaderError} If it does not lead, or cannot know: when the
   * calendar jumped ahead, as after the machine was suspended, until the next
   * renewal.
   */
  fence(): void {
    const { lease, clock, leaseDuration } = this.#options;
    if (this.#end.signal.aborted) {
      throw this.signal.reason ??
        new NotLeaderError(`Gave Lease "${lease}" back`);
    }
    const elapsed = clock.now() - this.#lock.renewedAt;
    if (elapsed >= this.#options.renewDeadline) {
      this.#lose(`not renewed for ${Math.round(elapsed)} ms`);
      throw this.signal.reason;
    }
    const date = clock.date().getTime() - this.#lock.renewedDate;
    if (date - elapsed >= leaseDuration) {
      throw new NotLeaderError(
        `Cannot be sure to hold Lease "${lease}": the system time jumped ahead`,
      );
    }
  }

  /**
   * Stops to renew and gives the Lease back, so that another process can take
   * it at once. Takes at most half of the renew deadline; never rejects.
   *
   * @returns When that is done.
   */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#giveBack();
    return this.#disposed;
  }

  async #giveBack(): Promise<void> {
    if (!this.#lost.signal.aborted) this.#options.onLeading(false);
    this.#endRenewing();
    await this.#renewing;
    if (!this.#takenOver) await releaseLease(this.#lock, this.#options);
  }

  async #keepRenewing(): Promise<void> {
    const { clock, retryPeriod, lease } = this.#options;
    const { signal } = this.#end;
    while (!signal.aborted) {
      try {
        await sleep(retryPeriod, { signal, clock });
        if (await this.#lock.renew(this.#call)) this.#watchDeadline();
        else this.#lose(`it is held by ${this.#lock.holder}`, true);
      } catch (error) {
        if (signal.aborted) return;
        getLogger("run").warning("Cannot renew the Lease yet", {
          lease,
          error,
        });
      }
    }
  }

  /** A call that hangs leaves time for another one before the deadline. */
  readonly #call: LeaseCall = (request) => {
    const { clock, renewDeadline } = this.#options;
    const timeout = renewDeadline / 2;
    const { signal } = this.#end;
    return boundedCall(
      (signal) => request({ signal, timeout, lane: "lease" }),
      { timeout, signal, clock },
    );
  };

  /** Counts from the last success, however long the tries since took. */
  #watchDeadline(): void {
    const { clock, renewDeadline } = this.#options;
    const left = this.#lock.renewedAt + renewDeadline - clock.now();
    this.#cancelDeadline();
    this.#cancelDeadline = clock.setTimer(
      () => this.#lose(`not renewed for ${renewDeadline} ms`),
      left,
    );
  }

  #lose(why: string, takenOver = false): void {
    if (this.#end.signal.aborted) return;
    const { lease, onLeading } = this.#options;
    this.#takenOver = takenOver;
    onLeading(false);
    const error = new NotLeaderError(`Lost Lease "${lease}": ${why}`);
    getLogger("run").error("Lost the Lease", { lease, why });
    this.#lost.abort(error);
    this.#endRenewing();
  }

  #endRenewing(): void {
    this.#cancelDeadline();
    this.#end.abort();
  }
}

/**
 * Gives a Lease back, within half of the renew deadline; never rejects.
 *
 * @param lock The Lease.
 * @param options Times and names.
 */
export async function releaseLease(
  lock: LeaseLock,
  options: Pick<HeldLeaseOptions, "lease" | "clock" | "renewDeadline">,
): Promise<void> {
  const timeout = options.renewDeadline / 2;
  const { clock, lease } = options;
  try {
    await boundedCall(
      (signal) =>
        lock.release((request) => request({ signal, timeout, lane: "lease" })),
      { timeout, clock },
    );
  } catch (error) {
    getLogger("run").warning(
      "Cannot give the Lease back: others wait until it expires",
      { lease, error },
    );
  }
}
