import { STATUS_CODE } from "@std/http";
import { Refusal } from "./refusal.ts";

/**
 * Lets a number of handlers run at a time, as many wait, and refuses the rest.
 *
 * @example Run one at a time
 * ```ts
 * import { ConcurrencyLimit } from "./concurrency_limit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const limit = new ConcurrencyLimit(1);
 * assertEquals(limit.enter(), undefined);
 * const waiting = limit.enter();
 * limit.leave();
 * await waiting;
 * limit.leave();
 * ```
 */
export class ConcurrencyLimit {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /**
   * Makes the limit.
   *
   * @param most How many run at a time, and how many may wait.
   */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes a place.
   *
   * @returns Nothing when there was one, else a promise of it.
   * @throws {Refusal} If too many wait.
   */
  enter(): Promise<void> | undefined {
    if (this.#running < this.#most) {
      this.#running++;
      return undefined;
    }
    if (this.#waiting.length >= this.#most) {
      throw new Refusal(
        STATUS_CODE.ServiceUnavailable,
        "Too many requests wait for the webhook",
      );
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise;
  }

  /** Gives the place to whoever waits the longest. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}
