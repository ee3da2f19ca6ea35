/** What a {@linkcode PollError} holds besides its message. */
export interface PollErrorOptions {
  /** HTTP status code of the answer, if there was one. */
  readonly code?: number | undefined;
  /** How long the source asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * Says that an outside source could not be asked.
 *
 * The message names the source and the reason; never a token, a query string
 * or what the source holds. What a vendor's library threw is not kept as a
 * cause, since it may hold all of them.
 *
 * @example Tell a poller how long to wait
 * ```ts
 * import { PollError } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new PollError('Cannot poll "queue": it is busy', {
 *   retryAfter: 5_000,
 * });
 * assertEquals(error.retryAfter, 5_000);
 * ```
 */
export class PollError extends Error {
  /** The name of the class. */
  override readonly name = "PollError";
  /** HTTP status code of the answer, if there was one. */
  readonly code: number | undefined;
  /** How long the source asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  /**
   * Makes an error.
   *
   * @param message Which source, and what happened.
   * @param options Code and wait.
   */
  constructor(message: string, options: PollErrorOptions = {}) {
    super(message);
    this.code = options.code;
    this.retryAfter = options.retryAfter;
  }
}
