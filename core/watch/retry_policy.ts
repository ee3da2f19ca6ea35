import { ApiError, isExpired } from "../client/api_error.ts";
import { ConnectionError } from "../client/connection_error.ts";
import { backoffDelay, type BackoffOptions } from "../timing/backoff.ts";
import type { Clock } from "../timing/clock.ts";

/** So long without a failure, and the next one counts as the first. */
const GOOD_TIME = 120_000;
/** So often at one version, and the version is doubted. */
const MAX_REFUSALS = 3;
/** The longest wait that a server can ask for. */
const MAX_RETRY_AFTER = 60_000;

/** Options of a {@linkcode RetryPolicy}. */
export interface RetryPolicyOptions {
  /** Where time comes from. */
  readonly clock: Clock;
  /** How delays grow. */
  readonly backoff?: BackoffOptions | undefined;
}

/** How a list or watch failed. */
export interface WatchFailure {
  /** What was thrown. */
  readonly error: unknown;
  /** Where the watch would go on. */
  readonly resourceVersion: string | undefined;
  /** Whether nothing at all came until the stream was given up. */
  readonly silent: boolean;
}

/** What to do about a failure. */
export interface Retry {
  /** How long to wait, in milliseconds. */
  readonly delay: number;
  /** Whether to list everything, instead of going on where the watch was. */
  readonly relist: boolean;
}

/**
 * Decides what follows a failed list or watch.
 *
 * - Expired: list at once, the first time; a restarted API server has
 *   forgotten almost all versions.
 * - No such resource: list, every 1 s to 30 s; it may be a custom resource
 *   whose definition is yet to come, and its old versions mean nothing.
 * - Not allowed: every 5 s to 30 s, until somebody has changed that.
 * - No connection, too many requests, overload: go on at the same version.
 * - Anything else: the same, but list when it happens again and again, as
 *   does a silence: a server that was restored from a backup never sends
 *   anything after a version that it has yet to reach.
 */
export class RetryPolicy {
  readonly #options: RetryPolicyOptions;
  #failures = 0;
  #expirations = 0;
  #refusals = 0;
  #refusedVersion: string | undefined;
  #last = -Infinity;

  /**
   * Makes a policy that knows of no failure.
   *
   * @param options Time and delays.
   */
  constructor(options: RetryPolicyOptions) {
    this.#options = options;
  }

  /**
   * Decides what follows a failure, and remembers it.
   *
   * @param failure The failure.
   * @returns What to do.
   */
  after(failure: WatchFailure): Retry {
    const now = this.#options.clock.now();
    if (now - this.#last >= GOOD_TIME) {
      this.#failures = 0;
      this.#expirations = 0;
    }
    const retry = this.#decide(failure);
    this.#last = now + retry.delay;
    if (retry.relist) this.#refusals = 0;
    return retry;
  }

  #decide({ error, resourceVersion, silent }: WatchFailure): Retry {
    if (isGone(error)) {
      const past = this.#expirations++;
      const delay = past === 0 ? 0 : this.#backoff(past - 1);
      return { delay, relist: true };
    }
    const past = this.#failures++;
    const code = error instanceof ApiError ? error.code : undefined;
    if (code === 404) {
      return { delay: this.#backoff(past, 1_000), relist: true };
    }
    const doubted = this.#isRefused(error, resourceVersion) || silent;
    if (code === 401 || code === 403) {
      return { delay: this.#backoff(past, 5_000), relist: doubted };
    }
    const asked = error instanceof ApiError ? error.retryAfter ?? 0 : 0;
    const delay = Math.max(
      this.#backoff(past),
      Math.min(asked, MAX_RETRY_AFTER),
    );
    return { delay, relist: doubted };
  }

  /** Whether the server, being reached, has refused one version often enough. */
  #isRefused(error: unknown, resourceVersion: string | undefined): boolean {
    // The kind "other" is an answer too, one that cannot be read.
    const isBusy = error instanceof ConnectionError && error.kind !== "other" ||
      error instanceof ApiError && (error.code === 429 || error.code === 503);
    if (isBusy) return false;
    if (resourceVersion !== this.#refusedVersion) this.#refusals = 0;
    this.#refusedVersion = resourceVersion;
    return ++this.#refusals >= MAX_REFUSALS;
  }

  /** At least `least`, which is doubled to leave room for the jitter. */
  #backoff(attempt: number, least?: number): number {
    const { backoff } = this.#options;
    if (least === undefined) return backoffDelay(attempt, backoff);
    const max = Math.min(30_000, backoff?.max ?? 30_000);
    const slow = { ...backoff, initial: 2 * least, max };
    return Math.max(least, backoffDelay(attempt, slow));
  }
}

/** Servers say it by code, by reason, or by an older reason. */
function isGone(error: unknown): boolean {
  return isExpired(error) ||
    error instanceof ApiError && error.reason === "Gone";
}
