import { ApiError } from "../client/api_error.ts";

/** What a server answers that does not know streamed lists, or forbids them. */
const REFUSALS: ReadonlySet<number> = new Set([400, 405, 406, 415, 422, 501]);
/** So many streams that never finish, and lists are no longer streamed. */
const MAX_UNFINISHED = 3;

/** Says that a streamed list got stuck. */
export class StalledListError extends Error {
  /** The name of the class. */
  override readonly name = "StalledListError";
}

/**
 * Chooses how to read a complete list: as the start of a watch (WatchList,
 * KEP-3157), which costs the API server least, or page by page where that
 * does not work.
 */
export class ListMethod {
  #isSupported = true;
  #isPagesNext = false;
  #unfinished = 0;

  /** Whether the next list is streamed. */
  get isStreamed(): boolean {
    return this.#isSupported && !this.#isPagesNext;
  }

  /** Takes note that a list is complete. */
  finished(): void {
    if (this.isStreamed) this.#unfinished = 0;
    this.#isPagesNext = false;
  }

  /**
   * Takes note that a list failed.
   *
   * @param error What was thrown.
   * @param started Whether the server had sent something.
   * @returns Whether another method is to be tried at once.
   */
  failed(error: unknown, started: boolean): boolean {
    if (!this.isStreamed) return false;
    const code = error instanceof ApiError ? error.code : undefined;
    const isStalled = error instanceof StalledListError;
    if (isStalled || started) this.#unfinished++;
    if (
      code !== undefined && REFUSALS.has(code) ||
      this.#unfinished >= MAX_UNFINISHED
    ) {
      this.#isSupported = false;
      return true;
    }
    this.#isPagesNext = isStalled || code === 403;
    return this.#isPagesNext;
  }
}
