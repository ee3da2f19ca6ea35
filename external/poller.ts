import type { ExternalEvent } from "./external_event.ts";

/** What {@linkcode Poller.poll} is given. */
export interface PollerOptions {
  /** Ends the poll. */
  readonly signal: AbortSignal;
}

/**
 * Something outside the cluster that can be asked what has changed.
 *
 * A poller remembers what its consumer knows. It moves that on in
 * {@linkcode Poller.taken}, not in {@linkcode Poller.poll}: an event that was
 * not taken is told again by the next poll.
 *
 * @example A poller of your own
 * ```ts
 * import { poll, type Poller } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const minutes: Poller<number> = {
 *   name: "minutes",
 *   poll: () => Promise.resolve([{ type: "added", key: "minute", object: 7 }]),
 * };
 * for await (const { key, object } of poll(minutes)) {
 *   assertEquals([key, object], ["minute", 7]);
 *   break;
 * }
 * ```
 *
 * @typeParam T What changes.
 */
export interface Poller<T> {
  /** What to call it in logs and errors; holds no secret. */
  readonly name: string;
  /**
   * Asks what has changed since the events that were taken.
   *
   * @param options What ends it.
   * @returns The changes; rejects when the source cannot be asked, which
   * says nothing about what it holds.
   */
  poll(options: PollerOptions): Promise<readonly ExternalEvent<T>[]>;
  /**
   * Learns that an event of the last poll has been dealt with.
   *
   * @default the poller remembers nothing
   * @param event The event.
   */
  taken?(event: ExternalEvent<T>): void;
}
