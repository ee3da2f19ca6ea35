import { asWriter } from "../client/writer.ts";
import { formatKey, parseKey } from "../kind/key.ts";
import { type Kind, kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { BoundLogger } from "../telemetry/bound_logger.ts";
import { getLogger, type Logger } from "../telemetry/logger.ts";
import { withSpan } from "../telemetry/tracing.ts";
import type { ControllerOptions } from "./controller_options.ts";
import { PauseLog } from "./paused.ts";
import { ReasonCount } from "./reason_count.ts";
import { ReconcileOutcome } from "./reconcile_outcome.ts";
import type {
  ReconcileContext,
  Reconciler,
  ReconcileResult,
} from "./reconciler.ts";
import { type Request, Requests, type RequestsOptions } from "./requests.ts";
import {
  type RunningReconcile,
  RunningReconciles,
} from "./running_reconciles.ts";
import type { EnqueueOptions } from "./source.ts";

/**
 * What a loop works on.
 *
 * @typeParam T The object type.
 */
export interface ReconcileLoopOptions<T extends KubeObject>
  extends Omit<ControllerOptions<T>, "clock" | "name">, RequestsOptions<T> {
  /** The kind. */
  readonly kind: Kind;
  /** Makes the world as an object wants it. */
  readonly reconcile: Reconciler<T>;
  /** The annotation that pauses an object. */
  readonly pauseAnnotation: string | false;
}

/**
 * Takes requests from a queue and reconciles their objects, some at the same
 * time.
 *
 * @typeParam T The object type.
 */
export class ReconcileLoop<T extends KubeObject> {
  readonly #options: ReconcileLoopOptions<T>;
  readonly #requests: Requests<T>;
  readonly #outcome: ReconcileOutcome<T>;
  readonly #pauses: PauseLog;
  readonly #reasons: ReasonCount;
  readonly #running: RunningReconciles;
  readonly #intake = new AbortController();
  readonly #concurrency: number;
  readonly #logger: Logger;
  #workers: readonly Promise<void>[] = [];

  /**
   * Makes a loop; requests can be added before it starts.
   *
   * @param options What to work on, and how.
   */
  constructor(options: ReconcileLoopOptions<T>) {
    const { clock, concurrency = 1, name, metrics, timeout = 300_000 } =
      options;
    this.#options = options;
    this.#concurrency = concurrency;
    this.#logger = getLogger("controller", name);
    this.#requests = new Requests(options);
    this.#outcome = new ReconcileOutcome({
      ...options,
      requests: this.#requests,
    });
    this.#pauses = new PauseLog(options.pauseAnnotation);
    this.#reasons = new ReasonCount(name, metrics);
    this.#running = new RunningReconciles({ clock, timeout });
    metrics.maxConcurrentReconciles.set({ controller: name }, concurrency);
  }

  /**
   * Whether reconciles end: at least one worker is not stuck in one that goes
   * on long after its timeout.
   *
   * @returns Whether they do.
   */
  healthy(): boolean {
    return this.#running.overdue < this.#concurrency;
  }

  /**
   * Asks for a reconcile.
   *
   * @param key The key of the object.
   * @param options Why, and who made the change.
   */
  enqueue(key: ObjectKey, options: EnqueueOptions): void {
    this.#requests.enqueue(key, options);
  }

  /**
   * Ends what runs for an object that somebody deletes.
   *
   * @param key Its key.
   * @param writer Who deletes it; its own reconcile may go on.
   * @returns Whether something was ended.
   */
  abort(key: ObjectKey, { writer }: Pick<EnqueueOptions, "writer">): boolean {
    if (this.#requests.isOwn(key, writer)) return false;
    return this.#running.abort(formatKey(key));
  }

  /**
   * Forgets an object that is gone.
   *
   * @param key Its key.
   */
  forget(key: ObjectKey): void {
    const id = formatKey(key);
    this.#outcome.forget(id);
    this.#pauses.forget(id);
    if (!this.#options.store.get(key)) this.#requests.forget(id);
  }

  /**
   * Works until it is stopped.
   *
   * @returns When it has been stopped; rejects if a worker died.
   */
  async run(): Promise<void> {
    const workers = Array.from(
      { length: this.#concurrency },
      () => this.#work(),
    );
    this.#workers = workers;
    await Promise.all(workers);
  }

  /**
   * Takes no more requests, and waits for what runs.
   *
   * @param deadline Aborts what still runs.
   * @returns When nothing runs any more.
   */
  async stop(deadline: AbortSignal | undefined): Promise<void> {
    const giveUp = (): void => this.#running.giveUp(deadline?.reason);
    deadline?.addEventListener("abort", giveUp, { once: true });
    if (deadline?.aborted === true) giveUp();
    this.#intake.abort();
    this.#requests.shutDown();
    try {
      await Promise.allSettled(this.#workers);
    } finally {
      deadline?.removeEventListener("abort", giveUp);
      this.#running[Symbol.dispose]();
    }
  }

  async #work(): Promise<void> {
    const { signal } = this.#intake;
    const { metrics, name } = this.#options;
    while (!signal.aborted) {
      const request = await this.#requests.take(signal);
      if (request === undefined) return;
      metrics.activeWorkers.inc({ controller: name });
      try {
        await this.#process(request);
      } finally {
        metrics.activeWorkers.dec({ controller: name });
        this.#requests.done(request.id);
      }
    }
  }

  async #process(request: Request): Promise<void> {
    const { id, reasons } = request;
    const { store, metrics, name: controller, clock, kind } = this.#options;
    const object = store.get(parseKey(id));
    if (object === undefined) return this.#outcome.forget(id);
    const logger = this.#logger;
    if (this.#pauses.check(id, { object, logger })) {
      return metrics.reconciliations.inc({ controller, result: "paused" });
    }
    this.#reasons.add(reasons);
    const what = `Cannot reconcile ${kind.kind} "${id}"`;
    const running = this.#running.start(id, what);
    const context = this.#context(request, running);
    const startedAt = clock.now();
    let result: string;
    try {
      const asked = await this.#reconcile(object, { id, context });
      if (running.late !== undefined) throw running.late;
      result = this.#outcome.succeeded(request, asked);
    } catch (thrown) {
      const error = running.late ?? thrown;
      result = running.isMoot
        ? "aborted"
        : this.#outcome.failed(request, { error, object, context });
    } finally {
      this.#running.end(id);
    }
    const duration = clock.now() - startedAt;
    metrics.reconcileDuration.observe({ controller }, duration / 1000);
    metrics.workDuration.observe({ name: controller }, duration / 1000);
    metrics.reconciliations.inc({ controller, result });
    if (!logger.isEnabledFor("debug")) return;
    context.logger.debug("Reconciled", {
      reasons: [...reasons].join(", "),
      result,
      duration,
    });
  }

  /** Waits even when time is over, so that none runs twice at once. */
  #reconcile(
    object: T,
    { id, context }: {
      readonly id: string;
      readonly context: ReconcileContext<T>;
    },
  ): Promise<ReconcileResult | void> {
    const { controller, reconcile, name } = this.#options;
    const attributes = {
      "koprs.controller": name,
      "koprs.key": id,
      "koprs.reasons": [...context.reasons].join(", "),
    };
    return withSpan("reconcile", { attributes }, () =>
      asWriter(
        { controller, key: id },
        // A function, so that also a synchronous throw is a rejection.
        async () => await reconcile(object, context),
      ));
  }

  #context(
    { id, reasons }: Request,
    { signal }: RunningReconcile,
  ): ReconcileContext<T> {
    const { store, kind } = this.#options;
    return {
      attempt: this.#outcome.attempts(id),
      reasons,
      logger: new BoundLogger(this.#logger, { kind: kindId(kind), key: id }),
      store,
      signal,
    };
  }
}
