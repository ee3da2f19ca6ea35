import type { Patch } from "../client/patch.ts";
import type { ObjectKey } from "../kind/scope.ts";

/** What leader election reads of a Lease of `coordination.k8s.io/v1`. */
export interface LeaseObject {
  /** Its key and version. */
  readonly metadata: ObjectKey<"Namespaced"> & {
    /** Version for optimistic locking. */
    readonly resourceVersion?: string;
  };
  /** Who holds it. */
  readonly spec?: LeaseRecord;
}

/** What is written into a Lease; other fields of its spec are left alone. */
export interface LeaseRecord {
  /** Who holds it; `""` or nothing when it is free. */
  readonly holderIdentity?: string;
  /** How long others wait after the last renewal they saw, in seconds. */
  readonly leaseDurationSeconds?: number;
  /** When the holder took it, as a MicroTime. */
  readonly acquireTime?: string;
  /** When the holder last renewed it, as a MicroTime; tells nobody the time. */
  readonly renewTime?: string;
  /** How often the holder changed. */
  readonly leaseTransitions?: number;
}

/** How a {@linkcode LeaseClient} sends a request. */
export interface LeaseRequestOptions {
  /** Ends the request. */
  readonly signal: AbortSignal;
  /** Deadline of headers and body, in milliseconds. */
  readonly timeout: number;
  /** Keeps renewals off the connections of other requests. */
  readonly lane: "lease";
}

/**
 * What leader election needs of the API; `client.resource(Lease)` fits.
 */
export interface LeaseClient {
  /**
   * Reads a Lease.
   *
   * @param key The key.
   * @param options Signal and deadline.
   * @returns The Lease, or `undefined` without one.
   */
  get(
    key: ObjectKey<"Namespaced">,
    options: LeaseRequestOptions,
  ): Promise<LeaseObject | undefined>;
  /**
   * Creates a Lease.
   *
   * @param lease The Lease.
   * @param options Signal and deadline.
   * @returns The Lease as the API server made it.
   */
  create(
    lease: {
      readonly metadata: ObjectKey<"Namespaced">;
      readonly spec: LeaseRecord;
    },
    options: LeaseRequestOptions,
  ): Promise<LeaseObject>;
  /**
   * Patches a Lease.
   *
   * @param key The key.
   * @param patch The patch.
   * @param options Signal and deadline.
   * @returns The Lease as the API server stored it.
   */
  patch(
    key: ObjectKey<"Namespaced">,
    patch: Patch,
    options: LeaseRequestOptions,
  ): Promise<LeaseObject>;
}

/**
 * Writes a time as a MicroTime: the API server demands six fraction digits.
 *
 * @example Write a time
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const time = new Date("2026-01-02T03:04:05.678Z");
 * assertEquals(formatMicroTime(time), "2026-01-02T03:04:05.678000Z");
 * ```
 *
 * @param time The time.
 * @returns RFC 3339 in UTC with microseconds.
 */
export function formatMicroTime(time: Date): string {
  return time.toISOString().replace("Z", "000Z");
}
