import { getLogger } from "../core/telemetry/logger.ts";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";
import { BoundedPoll } from "./bounded_poll.ts";
import type { ExternalEvent } from "./external_event.ts";
import { PollPace, type PollPaceOptions } from "./poll_pace.ts";
import type { Poller } from "./poller.ts";

/** How a poll went. */
export interface PollOutcome {
  /** Why it failed; `undefined` if it went well. */
  readonly error: unknown;
  /** How many polls in a row have failed; 0 if it went well. */
  readonly failures: number;
  /** Time until the next one, in milliseconds. */
  readonly delay: number;
}

/** Options of {@linkcode poll}. */
export interface PollOptions extends PollPaceOptions {
  /** Ends the polling, within a second whatever the poller does. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long one poll may take, in milliseconds.
   *
   * @default {300000}
   */
  readonly timeout?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
  /**
   * Called after each poll, once its events have been taken.
   *
   * @default {undefined} nobody is told
   */
  readonly onPoll?: ((outcome: PollOutcome) => void) | undefined;
}

/**
 * Polls again and again, and yields what has changed.
 *
 * The first poll is made at once. There is never more than one, and none while
 * the consumer deals with an event: nothing piles up. A failed poll is logged
 * and repeated, later each time; `Retry-After` is honoured. An event counts as
 * taken when the next one is asked for: one whose loop body threw, or left the
 * loop, is told again by the next loop over the same poller.
 *
 * @example Follow a folder in memory
 * ```ts
 * import { MemoryStore, objectStorePoller, poll } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new MemoryStore();
 * store.put("flags.json", "{}");
 *
 * for await (const { type, key } of poll(objectStorePoller(store))) {
 *   assertEquals([type, key], ["added", "flags.json"]);
 *   break;
 * }
 * ```
 *
 * @typeParam T What changes.
 * @param poller Whom to ask.
 * @param options How often, and what ends it.
 * @returns The changes, until the signal aborts.
 * @throws {RangeError} If a number of the options makes no sense.
 */
export async function* poll<T>(
  poller: Poller<T>,
  options: PollOptions = {},
): AsyncIterableIterator<ExternalEvent<T>> {
  const { signal, clock = systemClock, timeout = 300_000 } = options;
  const pace = new PollPace(options);
  const bounded = new BoundedPoll(poller, { timeout, clock });
  const logger = getLogger("external");
  while (!signal?.aborted) {
    const startedAt = clock.now();
    let error: unknown;
    try {
      for (const event of await bounded.poll(signal)) {
        if (signal?.aborted) return;
        yield event;
        poller.taken?.(event);
      }
    } catch (thrown) {
      if (signal?.aborted) return;
      error = thrown ?? new Error("Nothing was thrown");
    }
    const failuresBefore = pace.failures;
    // A good poll is repeated by its start, so that no drift adds up.
    const delay = error === undefined
      ? Math.max(0, startedAt + pace.succeeded() - clock.now())
      : pace.failed(error);
    const { failures } = pace;
    const { name } = poller;
    if (error !== undefined) {
      logger.warning("Poll failed, will be repeated", {
        poller: name,
        error,
        failures,
        delay: Math.round(delay),
      });
    } else if (failuresBefore > 0) {
      logger.info("Poll works again", { poller: name });
    }
    options.onPoll?.({ error, failures, delay });
    await sleep(delay, { signal, clock }).catch(() => {}); // the loop looks
  }
}
