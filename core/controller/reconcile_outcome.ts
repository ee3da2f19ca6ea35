import { ApiError, isNotFound } from "../client/api_error.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ControllerOptions } from "./controller_options.ts";
import { KeyedBackoff } from "./rate_limiter.ts";
import type { ReconcileContext, ReconcileResult } from "./reconciler.ts";
import type { Request, Requests, RequestsOptions } from "./requests.ts";
import { TerminalError } from "./terminal_error.ts";

/**
 * What decides what follows a reconcile.
 *
 * @typeParam T The object type.
 */
export interface ReconcileOutcomeOptions<T extends KubeObject>
  extends
    Omit<RequestsOptions<T>, "priority">,
    Pick<
      ControllerOptions<T>,
      "backoff" | "errorPolicy" | "maxAttempts" | "resync"
    > {
  /** The kind. */
  readonly kind: Kind;
  /** Where the next reconcile is asked for. */
  readonly requests: Requests<T>;
}

/**
 * A reconcile that failed.
 *
 * @typeParam T The object type.
 */
export interface FailedReconcile<T extends KubeObject> {
  /** What was thrown. */
  readonly error: unknown;
  /** What was reconciled. */
  readonly object: T;
  /** What it was given. */
  readonly context: ReconcileContext<T>;
}

/**
 * Decides what follows a reconcile, and says so.
 *
 * @typeParam T The object type.
 */
export class ReconcileOutcome<T extends KubeObject> {
  readonly #options: ReconcileOutcomeOptions<T>;
  readonly #backoff: KeyedBackoff;
  /** Delays of those that ask to be reconciled at once, again and again. */
  readonly #hurry: KeyedBackoff;

  /**
   * Knows of no failure yet.
   *
   * @param options How to go on after a reconcile.
   */
  constructor(options: ReconcileOutcomeOptions<T>) {
    const { clock, backoff } = options;
    this.#options = options;
    this.#backoff = new KeyedBackoff({ clock, ...backoff });
    this.#hurry = new KeyedBackoff({ clock, ...backoff });
  }

  /**
   * How many times in a row an object failed.
   *
   * @param id The object.
   * @returns The count.
   */
  attempts(id: string): number {
    return this.#backoff.attempts(id);
  }

  /**
   * Forgets the failures of an object.
   *
   * @param id The object.
   */
  forget(id: string): void {
    this.#backoff.forget(id);
    this.#hurry.forget(id);
  }

  /**
   * Goes on after a success.
   *
   * @param request What was asked for.
   * @param asked What the reconciler asks for.
   * @returns The result, for metrics.
   * @throws {RangeError} If it asks for a time that is none.
   */
  succeeded(request: Request, asked: ReconcileResult | void): string {
    const { id, priority } = request;
    const { requests } = this.#options;
    this.#backoff.forget(id);
    const wanted = asked?.requeueAfter;
    const hurries = wanted !== undefined && wanted <= 0;
    const after = hurries ? this.#hurry.next(id) : wanted;
    if (!hurries) this.#hurry.forget(id);
    if (after !== undefined) {
      requests.schedule(id, { reason: "requeue", after, priority });
    }
    this.#resync(request, after);
    return after === undefined ? "success" : "requeue";
  }

  /**
   * Goes on after a failure.
   *
   * @param request What was asked for.
   * @param failed What failed, and how.
   * @returns The result, for metrics.
   */
  failed(request: Request, failed: FailedReconcile<T>): string {
    const { id, priority } = request;
    const { error, context: { logger } } = failed;
    const { metrics, name, requests, maxAttempts = Infinity } = this.#options;
    const reasons = [...request.reasons].join(", ");
    metrics.reconcileErrors.inc({ controller: name });
    const attempts = this.#backoff.attempts(id) + 1;
    if (error instanceof TerminalError || attempts >= maxAttempts) {
      this.forget(id);
      logger.error("Cannot reconcile, and will not retry", {
        error,
        reasons,
        attempts,
      });
      this.#resync(request, undefined);
      return "terminal";
    }
    const delay = this.#backoff.next(id);
    const after = this.#policy(failed, delay);
    if (after !== undefined) {
      requests.schedule(id, { reason: "retry", after, priority });
      metrics.queueRetries.inc({ name });
    }
    this.#resync(request, after);
    // Mostly it went a moment ago, and the watch will say so before the retry.
    const isNoise = attempts === 1 && this.#isAbsent(failed);
    logger[isNoise ? "debug" : "warning"]("Cannot reconcile", {
      error,
      reasons,
      retryIn: after,
    });
    return "error";
  }

  /** Whether the API server says that there is no such object any more. */
  #isAbsent({ error, object }: FailedReconcile<T>): boolean {
    const { plural, group } = this.#options.kind;
    if (!isNotFound(error) || !(error instanceof ApiError)) return false;
    const { name, kind, group: ofGroup = "" } = error.details ?? {};
    return name === object.metadata.name && kind === plural &&
      ofGroup === group;
  }

  /** A policy that fails itself, or asks for no time, is none. */
  #policy(
    { error, ...failed }: FailedReconcile<T>,
    delay: number,
  ): number | undefined {
    const { errorPolicy } = this.#options;
    if (errorPolicy === undefined) return delay;
    try {
      const { requeueAfter } = errorPolicy(error, failed);
      if (!Number.isNaN(requeueAfter)) return requeueAfter;
      failed.context.logger.error("The errorPolicy asks for no number");
    } catch (error) {
      failed.context.logger.error("The errorPolicy failed", { error });
    }
    return delay;
  }

  /** Spread, so that not all objects come back together. */
  #resync({ id }: Request, after: number | undefined): void {
    const { resync, requests, backoff } = this.#options;
    if (resync === undefined) return;
    const random = backoff?.random ?? Math.random;
    const later = resync * (1 + 0.1 * random());
    if (after !== undefined && after <= later) return;
    requests.schedule(id, { reason: "resync", after: later, priority: 0 });
  }
}
