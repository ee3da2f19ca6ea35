import type { Writer } from "../client/writer.ts";
import { formatKey, parseKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { getLogger } from "../telemetry/logger.ts";
import type { KoprsMetrics } from "../telemetry/metrics.ts";
import type { Clock } from "../timing/clock.ts";
import type { ReadonlyStore } from "../watch/store.ts";
import { type Pending, PendingReasons } from "./pending_reasons.ts";
import { SelfTriggers } from "./self_triggers.ts";
import type { EnqueueOptions } from "./source.ts";
import { WorkQueue } from "./work_queue.ts";

/** Of what nobody has changed just now. */
const LOW_PRIORITY = -1;

/**
 * Options of {@linkcode Requests}.
 *
 * @typeParam T The object type.
 */
export interface RequestsOptions<T extends KubeObject> {
  /** Whose requests they are; own writes carry it. */
  readonly controller: object;
  /** What it is called in logs and metrics. */
  readonly name: string;
  /** The objects. */
  readonly store: ReadonlyStore<T>;
  /** How important it is to reconcile an object. */
  readonly priority?:
    | ((object: T, reasons: ReadonlySet<string>) => number)
    | undefined;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Where numbers go. */
  readonly metrics: KoprsMetrics;
}

/** A request whose turn it is. */
export interface Request extends Pending {
  /** The object, as `"namespace/name"`. */
  readonly id: string;
}

/**
 * The reconciles that are asked for, with their reasons.
 *
 * @typeParam T The object type.
 */
export class Requests<T extends KubeObject> {
  readonly #options: RequestsOptions<T>;
  readonly #queue: WorkQueue;
  readonly #pending = new PendingReasons();
  readonly #loops: SelfTriggers;
  #isReported = false;

  /**
   * Holds no request yet.
   *
   * @param options Whose they are, and how they are ordered.
   */
  constructor(options: RequestsOptions<T>) {
    const { clock, metrics, name } = options;
    this.#options = options;
    this.#loops = new SelfTriggers({ clock });
    this.#queue = new WorkQueue({
      clock,
      onTaken: (waited) =>
        metrics.queueDuration.observe({ name }, waited / 1000),
    });
  }

  /**
   * Whether a change was made by the reconcile of an object.
   *
   * @param key The key of the object.
   * @param writer Who made the change.
   * @returns Whether it was.
   */
  isOwn(key: ObjectKey, writer: Writer | undefined): boolean {
    return writer?.controller === this.#options.controller &&
      writer.key === formatKey(key);
  }

  /**
   * Asks for a reconcile, unless the reconcile of that object is the reason.
   *
   * @param key The key of the object.
   * @param options Why, and who made the change.
   */
  enqueue(key: ObjectKey, options: EnqueueOptions): void {
    const { reason, writer, own = false, initial = false } = options;
    if (this.isOwn(key, writer)) return;
    const id = formatKey(key);
    const known = this.#pending.reasons(id);
    const priority = this.#priorityOf(id, {
      reasons: known === undefined ? [reason] : [...known, reason],
      usual: initial ? LOW_PRIORITY : 0,
    });
    this.#pending.add(id, { reason, own, priority });
    const after = own ? this.#slowedDown(id, reason) : 0;
    this.#add(id, { after, priority });
  }

  /**
   * Asks for a reconcile later.
   *
   * @param id The object.
   * @param options Why, when, and how important it was the last time.
   */
  schedule(
    id: string,
    { reason, after, priority }: {
      readonly reason: string;
      readonly after: number;
      readonly priority: number;
    },
  ): void {
    const usual = reason === "resync" ? LOW_PRIORITY : priority;
    const asked = this.#priorityOf(id, { reasons: [reason], usual });
    this.#add(id, { after, priority: asked });
    this.#pending.schedule(id, { reason, own: false, priority: asked });
  }

  /**
   * Takes the next request, and waits for one if there is none.
   *
   * @param signal Ends the wait.
   * @returns The request; `undefined` when there will be none.
   */
  async take(signal: AbortSignal): Promise<Request | undefined> {
    const { metrics, name } = this.#options;
    const id = await this.#queue.take({ signal }).catch(() => undefined);
    if (id === undefined) return undefined;
    metrics.queueDepth.set({ name }, this.#queue.ready);
    const pending = this.#pending.take(id);
    this.#loops.reconciled(id, pending);
    return { id, ...pending };
  }

  /**
   * Ends the work on a request.
   *
   * @param id The object.
   */
  done(id: string): void {
    this.#queue.done(id);
  }

  /**
   * Forgets an object that is gone.
   *
   * @param id The object.
   */
  forget(id: string): void {
    this.#queue.forget(id);
    this.#pending.forget(id);
    this.#loops.forget(id);
  }

  /** Drops all requests, and takes no more. */
  shutDown(): void {
    this.#queue.shutDown();
  }

  #add(id: string, options: { after: number; priority: number }): void {
    const { metrics, name } = this.#options;
    this.#queue.add(id, options);
    metrics.queueAdds.inc({ name });
    metrics.queueDepth.set({ name }, this.#queue.ready);
  }

  #priorityOf(
    id: string,
    { reasons, usual }: {
      readonly reasons: readonly string[];
      readonly usual: number;
    },
  ): number {
    const { priority, store } = this.#options;
    const object = priority && store.get(parseKey(id));
    if (priority === undefined || object === undefined) return usual;
    try {
      const asked = priority(object, new Set(reasons));
      if (Number.isFinite(asked)) return asked;
      this.#report(new RangeError(`The priority of "${id}" is ${asked}`));
    } catch (error) {
      this.#report(error);
    }
    return usual;
  }

  /** Once, as it would be said for each change. */
  #report(error: unknown): void {
    if (this.#isReported) return;
    this.#isReported = true;
    getLogger("controller", this.#options.name).error(
      "Cannot tell how important objects are: going on without",
      { error },
    );
  }

  #slowedDown(id: string, reason: string): number {
    const loop = this.#loops.next(id);
    if (loop === undefined) return 0;
    const { metrics, name } = this.#options;
    metrics.selfTriggers.inc({ controller: name });
    if (loop.report) {
      getLogger("controller", name).warning(
        "Reconciling again and again because of own writes: slowing down",
        { key: id, times: loop.count, reason, delay: loop.delay },
      );
    }
    return loop.delay;
  }
}
