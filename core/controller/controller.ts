import type { InformedReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { metricsFor } from "../telemetry/metrics.ts";
import { systemClock } from "../timing/clock.ts";
import type { InformerShare } from "../watch/shared_informers.ts";
import { shareInformer } from "../watch/shared_informers.ts";
import type { ControllerOptions } from "./controller_options.ts";
import { ownersOf } from "./mapping.ts";
import { specOrMetadataChanged } from "./predicate.ts";
import { ReconcileLoop } from "./reconcile_loop.ts";
import type { Reconciler } from "./reconciler.ts";
import { type Source, watches } from "./source.ts";
import { untilStopped } from "./until_stopped.ts";

/**
 * Calls a reconciler for each object of a kind, and again on each change.
 *
 * One object is never reconciled twice at once. What a reconcile itself
 * changes is no reason to reconcile the object again.
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

  /**
   * Makes a controller; `run()` starts it.
   *
   * @param resource The kind.
   * @param reconcile Makes the world as an object wants it.
   * @param options What else to watch, how many at once, when to retry.
   */
  constructor(
    resource: InformedReader<T>,
    reconcile: Reconciler<T>,
    options: ControllerOptions<T> = {},
  ) {
    const { concurrency = 1, name = resource.kind.kind.toLowerCase() } =
      options;
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new RangeError(
        `Cannot make controller "${name}": concurrency is ${concurrency}, and must be a whole number of at least 1`,
      );
    }
    this.name = name;
    this.#resource = resource;
    this.#reconcile = reconcile;
    this.#options = { ...options, concurrency };
  }

  /**
   * Whether it knows all objects and reconciles them.
   *
   * @returns Whether it does.
   */
  ready(): boolean {
    return this.#ready;
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
    const { clock = systemClock, registry } = this.#options;
    const end = new AbortController();
    await using share = shareInformer(this.#resource, this.#options);
    const { store } = share.informer;
    const loop = new ReconcileLoop({
      ...this.#options,
      controller: this,
      reconcile: this.#reconcile,
      store,
      kind: this.#resource.kind,
      name: this.name,
      clock,
      metrics: metricsFor(registry),
    });
    const unsubscribe = this.#watchOwnKind(share, loop);
    const sources = this.#sources().map((source) =>
      source.start({
        store,
        signal: end.signal,
        enqueue: (key, options) => loop.enqueue(key, options),
      })
    );
    try {
      const primary = { synced: share.informer.synced, done: share.done };
      await untilStopped({
        sources: [primary, ...sources],
        signal,
        synced: () => {
          this.#ready = true;
          loop.start();
        },
      });
    } finally {
      this.#ready = false;
      unsubscribe();
      await loop.stop(deadline);
      end.abort();
      await Promise.allSettled(sources.map(({ done }) => done));
    }
  }

  /** Reconciles objects of the own kind when they change. */
  #watchOwnKind(share: InformerShare<T>, loop: ReconcileLoop<T>): () => void {
    const { predicate = specOrMetadataChanged } = this.#options;
    return share.informer.subscribe((change) => {
      const { type, object, writer } = change;
      if (type === "deleted") return loop.forget(object.metadata);
      const old = type === "modified" ? change.old : undefined;
      if (!predicate({ type, object, old })) return;
      loop.enqueue(object.metadata, { reason: type, writer });
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
