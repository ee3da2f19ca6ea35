import type { InformedReader } from "../client/resource_reader.ts";
import type { Writer } from "../client/writer.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import {
  type InformerShare,
  type SharedInformerOptions,
  shareInformer,
} from "../watch/shared_informers.ts";
import type { ReadonlyStore } from "../watch/store.ts";
import type { Mapper } from "./mapping.ts";
import { type Predicate, resourceVersionChanged } from "./predicate.ts";

/** What is known of a request for a reconcile. */
export interface EnqueueOptions {
  /** Why, as one or two words. */
  readonly reason: string;
  /** The reconcile that made the change; its own object is left out. */
  readonly writer?: Writer | undefined;
  /**
   * Whether this process made the change, and nobody else.
   *
   * @default {false}
   */
  readonly own?: boolean | undefined;
  /**
   * Whether nothing changed, and the object is just there at the start: such
   * objects wait for those that changed.
   *
   * @default {false}
   */
  readonly initial?: boolean | undefined;
}

/**
 * What a source is given when it starts.
 *
 * @typeParam T The object type of the controller.
 */
export interface SourceContext<T extends KubeObject> {
  /** The objects of the controller. */
  readonly store: ReadonlyStore<T>;
  /**
   * Asks for a reconcile.
   *
   * @param key The key of the object.
   * @param options Why, and who made the change.
   */
  enqueue(key: ObjectKey, options: EnqueueOptions): void;
  /** Ends the source. */
  readonly signal: AbortSignal;
}

/** A source that runs. */
export interface StartedSource {
  /** Resolves once it told all there was at the start. */
  readonly synced: Promise<void>;
  /** Settles when the source has ended; rejects if it failed. */
  readonly done: Promise<void>;
  /**
   * Whether it works; one whose connection is lost and tried again does.
   *
   * @default always
   * @returns Whether it does.
   */
  healthy?(): boolean;
}

/**
 * Something that asks for reconciles: watched objects, outside changes.
 *
 * @typeParam T The object type of the controller.
 */
export interface Source<T extends KubeObject> {
  /** What to call it in logs. */
  readonly name: string;
  /**
   * Starts it.
   *
   * @param context The store, and how to ask for a reconcile.
   * @returns Its progress.
   */
  start(context: SourceContext<T>): StartedSource;
  /**
   * Gets ready to start at once, in a process that does not lead yet.
   *
   * @default nothing is done before the start
   * @param context What ends it.
   * @returns Its progress.
   */
  standby?(context: Pick<SourceContext<T>, "signal">): StartedSource;
}

/**
 * Options of {@linkcode watches}.
 *
 * @typeParam U The type of the watched objects.
 */
export interface WatchesOptions<U> extends SharedInformerOptions<U> {
  /**
   * Which changes count.
   *
   * @default {resourceVersionChanged}
   */
  readonly predicate?: Predicate<U> | undefined;
}

/**
 * Watches other objects, and maps each change to the objects it concerns.
 *
 * A change that the reconcile of an object makes does not concern that object.
 * An `optional` kind may come and go: without it there are no objects.
 *
 * @example Reconcile the ConfigMap that a Secret names
 * ```ts
 * import { ConfigMap, Secret } from "@koprs/koprs/builtin";
 * import { Client, Controller, watches } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const secrets = client.resource(Secret);
 *
 * const controller = new Controller(client.resource(ConfigMap), async () => {}, {
 *   sources: [watches(secrets, ({ metadata }) => [metadata])],
 * });
 * assertEquals(controller.name, "configmap");
 * ```
 *
 * @typeParam T The object type of the controller.
 * @typeParam U The type of the watched objects.
 * @param resource The kind to watch.
 * @param mapper Says which objects of the controller a change concerns; it is
 * asked about the old and the new state.
 * @param options Namespace, filters, predicate.
 * @returns The source.
 */
export function watches<T extends KubeObject, U extends KubeObject>(
  resource: InformedReader<U>,
  mapper: Mapper<U, T>,
  options: WatchesOptions<U> = {},
): Source<T> {
  const { predicate = resourceVersionChanged } = options;
  const { plural } = resource.kind;
  return {
    name: plural,
    start: ({ store, enqueue, signal }) => {
      const share = shareInformer(resource, options);
      const unsubscribe = share.informer.subscribe((change) => {
        const { type, writer, own, initial } = change;
        const old = change.type === "modified" ? change.old : undefined;
        if (!predicate({ type, object: change.object, old })) return;
        const reason = `${plural} ${type}`;
        for (const object of old ? [old, change.object] : [change.object]) {
          for (const key of mapper(object, store)) {
            enqueue(key, { reason, writer, own, initial });
          }
        }
      });
      const started = startedShare(share, signal);
      return { ...started, done: started.done.finally(unsubscribe) };
    },
    standby: ({ signal }) =>
      startedShare(shareInformer(resource, options), signal),
  };
}

/**
 * Holds a share in an informer until a signal aborts.
 *
 * @typeParam T The object type.
 * @param share The share.
 * @param signal What ends it.
 * @returns The progress of the informer.
 */
export function startedShare<T extends KubeObject>(
  share: InformerShare<T>,
  signal: AbortSignal,
): StartedSource {
  return {
    synced: share.informer.synced,
    done: endOf(share, signal),
    healthy: () => share.informer.healthy(),
  };
}

async function endOf(
  share: AsyncDisposable & { readonly done: Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  await using _share = share;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal.addEventListener("abort", stop, { once: true });
  try {
    if (!signal.aborted) await Promise.race([share.done, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
