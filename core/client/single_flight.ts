/**
 * Does a thing once for all who ask while it is being done.
 *
 * It is aborted when nobody waits any more.
 *
 * @example Share a result
 * ```ts
 * import { SingleFlight } from "./single_flight.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let runs = 0;
 * const flight = new SingleFlight(() => Promise.resolve(++runs));
 * assertEquals(await Promise.all([flight.join(), flight.join()]), [1, 1]);
 * assertEquals(await flight.join(), 2);
 * ```
 *
 * @typeParam R What it results in.
 */
export class SingleFlight<R> {
  readonly #run: (signal: AbortSignal) => Promise<R>;
  #flight: Flight<R> | undefined;

  /**
   * Does nothing yet.
   *
   * @param run Does the thing; must heed the signal.
   */
  constructor(run: (signal: AbortSignal) => Promise<R>) {
    this.#run = run;
  }

  /**
   * Waits for the result of what is under way, or starts it.
   *
   * @param signal Ends the wait.
   * @returns The result; rejects with `signal.reason` on abort.
   */
  async join(signal?: AbortSignal): Promise<R> {
    signal?.throwIfAborted();
    const flight = this.#flight ??= this.#start();
    flight.waiting++;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      return await Promise.race([flight.result, aborted]);
    } finally {
      signal?.removeEventListener("abort", abort);
      if (--flight.waiting === 0) {
        flight.controller.abort();
        if (this.#flight === flight) this.#flight = undefined;
      }
    }
  }

  #start(): Flight<R> {
    const controller = new AbortController();
    const result = this.#run(controller.signal);
    const end = (): void => {
      if (this.#flight?.result === result) this.#flight = undefined;
    };
    result.then(end, end);
    return { result, controller, waiting: 0 };
  }
}

/** What is under way. */
interface Flight<R> {
  readonly result: Promise<R>;
  readonly controller: AbortController;
  waiting: number;
}
