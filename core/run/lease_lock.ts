import { mergePatch } from "../client/patch.ts";
import type { Clock } from "../timing/clock.ts";
import {
  formatMicroTime,
  type LeaseClient,
  type LeaseObject,
  type LeaseRecord,
  type LeaseRequestOptions,
} from "./lease.ts";

/** What a {@linkcode LeaseLock} needs to know. */
export interface LeaseLockOptions {
  /** Namespace of the Lease. */
  readonly namespace: string;
  /** Name of the Lease. */
  readonly name: string;
  /** Who we are. */
  readonly identity: string;
  /** How long others wait, in milliseconds. */
  readonly leaseDuration: number;
  /** Where time comes from. */
  readonly clock: Clock;
}

/** Makes a request to the API server; its time is bounded. */
export type LeaseCall = <R>(
  request: (options: LeaseRequestOptions) => Promise<R>,
) => Promise<R>;

/**
 * One Lease, and what this process knows about it: the steps of client-go's
 * leader election, without its loops.
 *
 * Time is only ever measured here: a renewal of another holder starts a new
 * term at the moment it is seen, whatever time it names. Writes are merge
 * patches that carry the version last seen, so that they touch nothing else,
 * and nothing that somebody changed meanwhile.
 */
export class LeaseLock {
  /** When the last successful write was sent, in monotonic time. */
  renewedAt: number = -Infinity;
  /** The same moment by the calendar, in milliseconds. */
  renewedDate: number = -Infinity;
  readonly #client: LeaseClient;
  readonly #options: LeaseLockOptions;
  /** The record last seen, when it was first seen, and its version. */
  #last: LeaseRecord = {};
  #since = -Infinity;
  #version: string | undefined;
  /** Times of renewal that are ours, if they are in the Lease. */
  #written = new Set<string>();

  /**
   * Knows nothing about the Lease yet.
   *
   * @param client Where it is.
   * @param options Which it is, and who we are.
   */
  constructor(client: LeaseClient, options: LeaseLockOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Who held the Lease when it was last seen; `""` for nobody. */
  get holder(): string {
    return this.#last.holderIdentity ?? "";
  }

  /** How long the term last seen goes on without a renewal, in milliseconds. */
  get termLeft(): number {
    const { leaseDurationSeconds: seconds } = this.#last;
    const term = seconds === undefined
      ? this.#options.leaseDuration
      : seconds * 1_000;
    return this.#since + term - this.#options.clock.now();
  }

  /** Whether a write of ours may be in the Lease. */
  get mayHold(): boolean {
    return this.#written.size > 0;
  }

  /**
   * Takes the Lease if nobody holds it, or its term is over.
   *
   * @param call Makes requests.
   * @returns Whether we hold it now.
   */
  async acquire(call: LeaseCall): Promise<boolean> {
    await this.#read(call);
    if (this.#isOurs()) await this.#write(call, this.#renewed());
    else if (this.holder !== "" && this.termLeft >= 0) return false;
    else await this.#write(call, this.#taken());
    return true;
  }

  /**
   * Renews the Lease; after any failure it looks again and retries once, so
   * that somebody else's label on the Lease is no loss.
   *
   * @param call Makes requests.
   * @returns Whether we still hold it; false when another process does.
   */
  async renew(call: LeaseCall): Promise<boolean> {
    try {
      await this.#write(call, this.#renewed());
      return true;
    } catch {
      const existed = await this.#read(call);
      if (!existed || this.#isOurs()) await this.#write(call, this.#renewed());
      else if (this.holder === "") await this.#write(call, this.#taken());
      else return false;
      return true;
    }
  }

  /**
   * Gives the Lease back, if we hold it.
   *
   * @param call Makes requests.
   */
  async release(call: LeaseCall): Promise<void> {
    try {
      if (this.#isOurs()) return await this.#write(call, this.#released());
    } catch {
      // Somebody wrote meanwhile, or it is gone: look again.
    }
    const exists = await this.#read(call);
    if (exists && this.#isOurs()) await this.#write(call, this.#released());
  }

  /** Our identity is not enough: by mistake another process may have it. */
  #isOurs(): boolean {
    const { holderIdentity, renewTime = "" } = this.#last;
    return holderIdentity === this.#options.identity &&
      this.#written.has(renewTime);
  }

  #renewed(): Required<LeaseRecord> {
    const now = formatMicroTime(this.#options.clock.date());
    return {
      holderIdentity: this.#options.identity,
      leaseDurationSeconds: this.#options.leaseDuration / 1_000,
      acquireTime: this.#last.acquireTime ?? now,
      renewTime: now,
      leaseTransitions: this.#last.leaseTransitions ?? 0,
    };
  }

  #taken(): Required<LeaseRecord> {
    const next = this.#renewed();
    const isFirst = this.#version === undefined &&
      this.#last.leaseTransitions === undefined;
    const leaseTransitions = isFirst ? 0 : next.leaseTransitions + 1;
    return { ...next, acquireTime: next.renewTime, leaseTransitions };
  }

  /** As client-go leaves it: free, and expired a second later for all others. */
  #released(): Required<LeaseRecord> {
    const next = this.#renewed();
    return {
      ...next,
      holderIdentity: "",
      leaseDurationSeconds: 1,
      acquireTime: next.renewTime,
    };
  }

  /** Returns whether it exists; if not, the record stays for its counts. */
  async #read(call: LeaseCall): Promise<boolean> {
    const key = this.#key();
    const lease = await call((options) => this.#client.get(key, options));
    if (lease === undefined) {
      this.#version = undefined;
      this.#last = { ...this.#last, holderIdentity: "" };
      return false;
    }
    this.#observe(lease);
    return true;
  }

  async #write(call: LeaseCall, spec: Required<LeaseRecord>): Promise<void> {
    const { clock } = this.#options;
    const sentAt = clock.now();
    const sentDate = clock.date().getTime();
    const metadata = this.#key();
    const version = this.#version;
    this.#written.add(spec.renewTime);
    const lease = await call((options) =>
      version === undefined
        ? this.#client.create({ metadata, spec }, options)
        : this.#client.patch(
          metadata,
          mergePatch({ metadata: { resourceVersion: version }, spec }),
          options,
        )
    );
    this.renewedAt = sentAt;
    this.renewedDate = sentDate;
    this.#observe(lease);
  }

  #observe({ metadata, spec = {} }: LeaseObject): void {
    if (JSON.stringify(spec) !== JSON.stringify(this.#last)) {
      this.#since = this.#options.clock.now();
    }
    this.#last = spec;
    // Writes on an older version cannot arrive any more.
    const { renewTime = "" } = spec;
    const ours = this.#written.has(renewTime);
    if (metadata.resourceVersion !== this.#version) this.#written.clear();
    if (ours) this.#written.add(renewTime);
    this.#version = metadata.resourceVersion;
  }

  #key(): { readonly name: string; readonly namespace: string } {
    const { name, namespace } = this.#options;
    return { name, namespace };
  }
}
