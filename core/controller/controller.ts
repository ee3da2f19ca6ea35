import type { InformedReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { metricsFor } from "../telemetry/metrics.ts";
import { systemClock } from "../timing/clock.ts";
import { type LinkedAbort, linkedAbort } from "../timing/linked_abort.ts";
import type { ReadonlyStore } from "../watch/readonly_store.ts";
import type { InformerShare } from "../watch/shared_informers.ts";
import { shareInformer } from "../watch/shared_informers.ts";
import { isBeingDeleted } from "../write/finalizer.ts";
import type { ControllerOptions } from "./controller_options.ts";
import { ownersOf } from "./mapping.ts";
import { isPaused } from "./paused.ts";
import { specOrMetadataChanged } from "./predicate.ts";
import { ReconcileLoop } from "./reconcile_loop.ts";
import type { Reconciler } from "./reconciler.ts";
import {
  type Source,
  startedShare,
  type StartedSource,
  watches,
} from "./source.ts";
import { untilStopped } from "./until_stopped.ts";

/** The annotation that pauses an object, if nothing else is said. */
const PAUSED = "koprs.dev/paused";

/**
 * Calls a reconciler for each object of a kind, and again on each change.
 *
 * One object is never reconciled twice at once. What a reconcile itself
 * changes is no reason to reconcile the object again. An object that somebody
 * annotates with `koprs.dev/paused: "true"` is left alone.
 *
 * @example Answer a request for a greeting
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, Controller, start, waitFor } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "greeter" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "hello", namespace: "default" };
 *
 * await using _running = start(
 *   new Controller(configMaps, async ({ metadata: { name, namespace } }) => {
 *     const metadata = { name, namespace };
 *     await configMaps.apply({ metadata, data: { greeting: `Hi, ${name}` } });
 *   }),
 * );
 * await configMaps.create({ metadata: key });
 * const answered = await waitFor(configMaps, key, {
 *   condition: (configMap) => configMap?.data?.greeting !== undefined,
 * });
 * assertEquals(answered?.data, { greeting: "Hi, hello" });
 * ```
 *
 * @typeParam T The object type.
 */
export class Controller<T extends KubeObject> {
  /** What it is called in logs and metrics. */
  readonly name: string;
  readonly #resource: InformedReader<T>;
  readonly #options: ControllerOptions<T>;
  readonly #reconcile: Reconciler<T>;
  #ready = false;
  #checks: (() => boolean)[] = [];

  /**
   * Makes a controller; `run()` starts it.
   *
   * @param resource The kind.
   * @param reconcile Makes the world as an object wants it.
   * @param options What else to watch, how many at once, when to retry.
   */
  constructor(
    resource: InformedReader<T>,
    reconcile: Reconciler<NoInfer<T>>,
    options: ControllerOptions<NoInfer<T>> = {},
  ) {
    const { concurrency = 1, name = resource.kind.kind.toLowerCase() } =
      options;
    const { maxAttempts = Infinity, resync = Infinity } = options;
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new RangeError(
        `Cannot make controller "${name}": concurrency is ${concurrency}, and must be a whole number of at least 1`,
      );
    }
    if (!(maxAttempts >= 1) || !(resync > 0)) {
      throw new RangeError(
        `Cannot make controller "${name}": maxAttempts is ${maxAttempts} and resync ${resync}, and both must be more than 0`,
      );
    }
    this.name = name;
    this.#resource = resource;
    this.#reconcile = reconcile;
    this.#options = { ...options, concurrency };
  }

  /**
   * Whether it knows all objects: it reconciles them, or could at once if this
   * process were to lead.
   *
   * @returns Whether it does.
   */
  ready(): boolean {
    return this.#ready;
  }

  /**
   * Whether a restart would not help: watches show signs of life, and
   * reconciles end.
   *
   * @returns Whether it works.
   */
  healthy(): boolean {
    return this.#checks.every((holds) => holds());
  }

  /**
   * Reads all objects and keeps them up to date, without reconciling any, so
   * that `run()` can start at once in this process when it comes to lead.
   *
   * @param options When to stop.
   * @returns When it has stopped; rejects if a source failed.
   */
  async standby({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    using end = linkedAbort(signal);
    const share = shareInformer(this.#resource, this.#options);
    await this.#watch([
      startedShare(share, end.signal),
      ...this.#sources().flatMap((source) =>
        source.standby?.({ signal: end.signal }) ?? []
      ),
    ], { end, signal, synced: () => {} });
  }

  /**
   * Reconciles until the signal aborts, then lets running reconciles finish.
   *
   * @param options When to stop, and when to give up what still runs.
   * @returns When all has ended; rejects if a source failed.
   */
  async run(
    { signal, deadline }: {
      readonly signal: AbortSignal;
      readonly deadline?: AbortSignal | undefined;
    },
  ): Promise<void> {
    using end = linkedAbort();
    const share = shareInformer(this.#resource, this.#options);
    const { store } = share.informer;
    const loop = this.#loop(store);
    const unsubscribe = this.#watchOwnKind(share, loop);
    const worked = Promise.withResolvers<void>();
    const sources = this.#sources().map((source) =>
      source.start({
        store,
        signal: end.signal,
        enqueue: (key, options) => loop.enqueue(key, options),
      })
    );
    await this.#watch([
      startedShare(share, end.signal),
      ...sources,
      {
        synced: Promise.resolve(),
        done: worked.promise,
        healthy: () => loop.healthy(),
      },
    ], {
      signal,
      synced: () => void loop.run().then(worked.resolve, worked.reject),
      stop: async () => {
        unsubscribe();
        await loop.stop(deadline);
        worked.resolve(); // it may never have started
      },
      end,
    });
  }

  /** Holds sources until the signal aborts, or one of them fails. */
  async #watch(
    sources: readonly StartedSource[],
    { signal, synced, stop, end }: {
      readonly signal: AbortSignal;
      readonly synced: () => void;
      readonly stop?: () => Promise<void>;
      readonly end: LinkedAbort;
    },
  ): Promise<void> {
    const checks = sources.map((source) => () => source.healthy?.() ?? true);
    this.#checks.push(...checks);
    try {
      await untilStopped({
        sources,
        signal,
        synced: () => {
          this.#ready = true;
          synced();
        },
      });
    } finally {
      this.#checks = this.#checks.filter((check) => !checks.includes(check));
      this.#ready &&= this.#checks.length > 0;
      await stop?.();
      end.abort();
      await Promise.allSettled(sources.map(({ done }) => done));
    }
  }

  #loop(store: ReadonlyStore<T>): ReconcileLoop<T> {
    const { clock = systemClock, registry, pauseAnnotation } = this.#options;
    return new ReconcileLoop({
      ...this.#options,
      controller: this,
      reconcile: this.#reconcile,
      store,
      kind: this.#resource.kind,
      name: this.name,
      clock,
      metrics: metricsFor(registry),
      pauseAnnotation: pauseAnnotation ?? PAUSED,
    });
  }

  /** Reconciles objects of the own kind when they change. */
  #watchOwnKind(share: InformerShare<T>, loop: ReconcileLoop<T>): () => void {
    const { predicate = specOrMetadataChanged, pauseAnnotation = PAUSED } =
      this.#options;
    return share.informer.subscribe((change) => {
      const { type, object, writer, own, initial } = change;
      const key = object.metadata;
      if (type === "deleted") {
        loop.abort(key, { writer });
        return loop.forget(key);
      }
      const old = type === "modified" ? change.old : undefined;
      const isDying = old !== undefined && isBeingDeleted(object) &&
        !isBeingDeleted(old);
      const aborted = isDying && loop.abort(key, { writer });
      const isResumed = old !== undefined && isPaused(old, pauseAnnotation) &&
        !isPaused(object, pauseAnnotation);
      if (!aborted && !isResumed && !predicate({ type, object, old })) return;
      const reason = initial ? "initial" : isResumed ? "resumed" : type;
      loop.enqueue(key, { reason, writer, own, initial });
    });
  }

  #sources(): readonly Source<T>[] {
    const { owns = [], sources = [] } = this.#options;
    const owners = ownersOf(this.#resource.kind);
    return [
      ...owns.map((child) => watches<T, KubeObject>(child, owners)),
      ...sources,
    ];
  }
}
