import { asWriter } from "../client/writer.ts";
import { formatKey, parseKey } from "../kind/key.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { getLogger } from "../telemetry/logger.ts";
import type { KoprsMetrics } from "../telemetry/metrics.ts";
import { withSpan } from "../telemetry/tracing.ts";
import type { Clock } from "../timing/clock.ts";
import type { ReadonlyStore } from "../watch/store.ts";
import type { ControllerOptions } from "./controller_options.ts";
import { KeyedBackoff } from "./rate_limiter.ts";
import type {
  ReconcileContext,
  Reconciler,
  ReconcileResult,
} from "./reconciler.ts";
import type { EnqueueOptions } from "./source.ts";
import { TerminalError } from "./terminal_error.ts";
import { withTimeout } from "./with_timeout.ts";
import { WorkQueue } from "./work_queue.ts";

const NO_REASONS: ReadonlySet<string> = new Set();

/**
 * What a loop works on.
 *
 * @typeParam T The object type.
 */
export interface ReconcileLoopOptions<T extends KubeObject>
  extends ControllerOptions<T> {
  /** Whose loop it is; writes carry it. */
  readonly controller: object;
  /** What it is called in logs and metrics. */
  readonly name: string;
  /** The kind. */
  readonly kind: Kind;
  /** The objects. */
  readonly store: ReadonlyStore<T>;
  /** Makes the world as an object wants it. */
  readonly reconcile: Reconciler<T>;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Where numbers go. */
  readonly metrics: KoprsMetrics;
}

/**
 * Takes keys from a queue and reconciles their objects, some at the same time.
 *
 * @typeParam T The object type.
 */
export class ReconcileLoop<T extends KubeObject> {
  readonly #options: ReconcileLoopOptions<T>;
  readonly #queue: WorkQueue;
  readonly #backoff: KeyedBackoff;
  readonly #reasons = new Map<string, Set<string>>();
  readonly #intake = new AbortController();
  readonly #giveUp = new AbortController();
  #workers: readonly Promise<void>[] = [];

  /**
   * Makes a loop; keys can be added before it starts.
   *
   * @param options What to work on, and how.
   */
  constructor(options: ReconcileLoopOptions<T>) {
    const { clock, backoff, concurrency = 1, name, metrics } = options;
    this.#options = options;
    this.#queue = new WorkQueue({ clock });
    this.#backoff = new KeyedBackoff({ clock, ...backoff });
    metrics.maxConcurrentReconciles.set({ controller: name }, concurrency);
  }

  /**
   * Asks for a reconcile.
   *
   * @param key The key of the object.
   * @param options Why, and who made the change.
   */
  enqueue(key: ObjectKey, { reason, writer }: EnqueueOptions): void {
    const id = formatKey(key);
    const isOwn = writer?.controller === this.#options.controller &&
      writer.key === id;
    if (!isOwn) this.#add(id, { reason });
  }

  /**
   * Forgets an object that is gone.
   *
   * @param key Its key.
   */
  forget(key: ObjectKey): void {
    const id = formatKey(key);
    this.#backoff.forget(id);
    this.#queue.forget(id);
    if (!this.#options.store.get(key)) this.#reasons.delete(id);
  }

  /** Starts to work. */
  start(): void {
    const { concurrency = 1 } = this.#options;
    this.#workers = Array.from({ length: concurrency }, () => this.#work());
  }

  /**
   * Takes no more keys, and waits for what runs.
   *
   * @param deadline Aborts what still runs.
   * @returns When nothing runs any more.
   */
  async stop(deadline: AbortSignal | undefined): Promise<void> {
    const giveUp = (): void => this.#giveUp.abort(deadline?.reason);
    deadline?.addEventListener("abort", giveUp, { once: true });
    if (deadline?.aborted === true) giveUp();
    this.#intake.abort();
    this.#queue.shutDown();
    try {
      await Promise.all(this.#workers);
    } finally {
      deadline?.removeEventListener("abort", giveUp);
    }
  }

  #add(id: string, options: { reason: string; after?: number }): void {
    const { metrics, name } = this.#options;
    const reasons = this.#reasons.get(id) ?? new Set<string>();
    this.#reasons.set(id, reasons.add(options.reason));
    this.#queue.add(id, { after: options.after });
    metrics.queueAdds.inc({ name });
    metrics.queueDepth.set({ name }, this.#queue.ready);
  }

  async #work(): Promise<void> {
    const { signal } = this.#intake;
    const { metrics, name } = this.#options;
    while (!signal.aborted) {
      const id = await this.#queue.take({ signal }).catch(() => undefined);
      if (id === undefined) return;
      metrics.queueDepth.set({ name }, this.#queue.ready);
      metrics.activeWorkers.inc({ controller: name });
      try {
        await this.#process(id);
      } finally {
        metrics.activeWorkers.dec({ controller: name });
        this.#queue.done(id);
      }
    }
  }

  async #process(id: string): Promise<void> {
    const { store, metrics, name: controller, clock } = this.#options;
    const reasons = this.#reasons.get(id) ?? NO_REASONS;
    this.#reasons.delete(id);
    const object = store.get(parseKey(id));
    if (object === undefined) return this.#backoff.forget(id);
    const startedAt = clock.now();
    const context = this.#context(id, reasons);
    let result: string;
    try {
      const asked = await this.#reconcile(id, object, context);
      result = this.#succeeded(id, asked);
    } catch (error) {
      metrics.reconcileErrors.inc({ controller });
      result = this.#failed(id, error, { object, context });
    }
    const seconds = (clock.now() - startedAt) / 1000;
    metrics.reconcileDuration.observe({ controller }, seconds);
    metrics.reconciliations.inc({ controller, result });
  }

  async #reconcile(
    id: string,
    object: T,
    context: ReconcileContext<T>,
  ): Promise<ReconcileResult | void> {
    const { controller, reconcile, name, timeout = 300_000, clock } =
      this.#options;
    const attributes = { "koprs.controller": name, "koprs.key": id };
    const run = (signal: AbortSignal): Promise<ReconcileResult | void> =>
      asWriter(
        { controller, key: id },
        // A function, so that also a synchronous throw is a rejection.
        async () => await reconcile(object, { ...context, signal }),
      );
    return await withSpan("reconcile", { attributes }, () =>
      withTimeout(run, {
        what: `Cannot reconcile ${object.kind} "${id}"`,
        timeout,
        clock,
        signal: this.#giveUp.signal,
      }));
  }

  #context(id: string, reasons: ReadonlySet<string>): ReconcileContext<T> {
    const { store, name } = this.#options;
    return {
      attempt: this.#backoff.attempts(id),
      reasons,
      logger: getLogger("controller", name),
      store,
      signal: this.#giveUp.signal,
    };
  }

  #succeeded(id: string, asked: ReconcileResult | void): string {
    this.#backoff.forget(id);
    if (asked?.requeueAfter === undefined) return "success";
    this.#add(id, { reason: "requeue", after: asked.requeueAfter });
    return "requeue";
  }

  #failed(
    id: string,
    error: unknown,
    failed: { readonly object: T; readonly context: ReconcileContext<T> },
  ): string {
    const { logger } = failed.context;
    const { metrics, name, errorPolicy } = this.#options;
    if (error instanceof TerminalError) {
      this.#backoff.forget(id);
      logger.error("Cannot reconcile, and will not retry", { key: id, error });
      return "terminal";
    }
    const delay = this.#backoff.next(id);
    const after = errorPolicy === undefined
      ? delay
      : errorPolicy(error, failed).requeueAfter;
    if (after !== undefined) {
      this.#add(id, { reason: "retry", after });
      metrics.queueRetries.inc({ name });
    }
    logger.warning("Cannot reconcile", { key: id, error, retryIn: after });
    return "error";
  }
}
