import { startDeadline } from "../core/client/deadline.ts";
import { untilAborted } from "../core/client/until_aborted.ts";
import type { Clock } from "../core/timing/clock.ts";
import type { ExternalEvent } from "./external_event.ts";
import { PollError } from "./poll_error.ts";
import type { Poller } from "./poller.ts";

/** Options of {@linkcode BoundedPoll}. */
export interface BoundedPollOptions {
  /** How long a poll may take, in milliseconds. */
  readonly timeout: number;
  /** Where time comes from. */
  readonly clock: Clock;
}

/**
 * Polls, one poll at a time, each for a limited time, even if the poller does
 * not heed its signal.
 *
 * @example Give up on a poll
 * ```ts
 * import { FakeClock } from "@koprs/koprs/testing";
 * import { BoundedPoll } from "./bounded_poll.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const clock = new FakeClock();
 * const stuck = { name: "stuck", poll: () => new Promise<never>(() => {}) };
 * const bounded = new BoundedPoll(stuck, { timeout: 1_000, clock });
 * const polling = assertRejects(() => bounded.poll(), Error, "within 1000 ms");
 * await clock.advance(1_000);
 * await polling;
 * ```
 *
 * @typeParam T What changes.
 */
export class BoundedPoll<T> {
  readonly #poller: Poller<T>;
  readonly #options: BoundedPollOptions;
  #busy = false;

  /**
   * Polls nothing yet.
   *
   * @param poller Whom to ask.
   * @param options How long.
   */
  constructor(poller: Poller<T>, options: BoundedPollOptions) {
    this.#poller = poller;
    this.#options = options;
  }

  /**
   * Polls.
   *
   * @param caller Ends the wait.
   * @returns The changes.
   * @throws {PollError} If there is no answer in time.
   */
  async poll(caller?: AbortSignal): Promise<readonly ExternalEvent<T>[]> {
    const { name } = this.#poller;
    const { timeout } = this.#options;
    if (this.#busy) {
      throw new PollError(`Cannot poll "${name}": the last poll still runs`);
    }
    const deadline = startDeadline({ ...this.#options, signal: caller });
    try {
      return await untilAborted(this.#ask(deadline.signal), deadline.signal);
    } catch (error) {
      if (!deadline.expired) throw error;
      throw new PollError(
        `Cannot poll "${name}": no answer within ${timeout} ms`,
      );
    } finally {
      deadline.clear();
    }
  }

  async #ask(signal: AbortSignal): Promise<readonly ExternalEvent<T>[]> {
    this.#busy = true;
    try {
      return await this.#poller.poll({ signal });
    } finally {
      this.#busy = false;
    }
  }
}
