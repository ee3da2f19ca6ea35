import type {
  CacheQuery,
  ObjectCache,
  WriteResult,
} from "../client/object_cache.ts";
import type { InformedReader } from "../client/resource_reader.ts";
import { equalityLabels, parseLabelSelector } from "../client/selector.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { deepFreeze } from "./deep_freeze.ts";
import { reflectBatches, type ReflectorOptions } from "./reflector.ts";
import { type ReadonlyStore, Store } from "./store.ts";
import { type ObservedChange, WriteOverlay } from "./write_overlay.ts";

/**
 * Options of an {@linkcode Informer}.
 *
 * @typeParam T The object type.
 */
export interface InformerOptions<T> extends ReflectorOptions<T> {
  /** Functions that say under which values an object is found, by index. */
  readonly indexes?: Readonly<
    Record<string, (object: T) => readonly string[]>
  >;
}

/**
 * A live copy of the objects of one kind, and a source of their changes.
 *
 * While it runs, the writers and readers of the same client use it: they read
 * their own writes, and leave out requests that would change nothing.
 *
 * @example Look at objects without asking the API server each time
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, Informer, start } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 * await configMaps.create({ metadata: key, data: { color: "blue" } });
 *
 * const informer = new Informer(configMaps);
 * await using running = start(informer);
 * await running.ready;
 * assertEquals(informer.store.get(key)?.data, { color: "blue" });
 * ```
 *
 * @typeParam T The object type.
 */
export class Informer<T extends KubeObject> implements ObjectCache<T> {
  /** What it is about. */
  readonly name: string;
  /** Workers use it: it stops after them. */
  readonly role = "service";
  readonly #resource: InformedReader<T>;
  readonly #options: InformerOptions<T>;
  readonly #store: Store<T>;
  readonly #overlay: WriteOverlay<T>;
  readonly #labels: Readonly<Record<string, string>> | undefined;
  readonly #listeners = new Set<(change: ObservedChange<T>) => void>();
  readonly #synced = Promise.withResolvers<void>();
  #isSynced = false;

  /**
   * Makes an informer; `run()` starts it.
   *
   * @param resource The kind to watch.
   * @param options Namespace, filters, indexes.
   */
  constructor(
    resource: InformedReader<T>,
    options: InformerOptions<T> = {},
  ) {
    const { namespace, labelSelector = "", fieldSelector } = options;
    const hasLabels = parseLabelSelector(labelSelector);
    this.name = `informer of ${resource.kind.plural}`;
    this.#resource = resource;
    this.#options = options;
    this.#labels = equalityLabels(labelSelector);
    this.#store = new Store({ indexes: options.indexes });
    this.#overlay = new WriteOverlay({
      store: this.#store,
      matches: ({ metadata }) =>
        // A field selector cannot be judged here: only the watch can tell.
        fieldSelector === undefined && hasLabels(metadata.labels ?? {}) &&
        (namespace === undefined || metadata.namespace === namespace),
      emit: (change) => {
        if (this.#listeners.size > 0) deepFreeze(change.object);
        for (const listener of this.#listeners) listener(change);
      },
    });
  }

  /** The objects, with what this client wrote. */
  get store(): ReadonlyStore<T> {
    return this.#store;
  }

  /** Resolves once the store holds a complete list. */
  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  /**
   * Whether the store holds a complete list.
   *
   * @returns Whether it does.
   */
  ready(): boolean {
    return this.#isSynced;
  }

  /**
   * Calls back for each change from now on, after the store has it.
   *
   * Objects that exist are told first, as `"added"`.
   *
   * @param listener Hears of each change; must not throw.
   * @returns Ends it.
   */
  subscribe(listener: (change: ObservedChange<T>) => void): () => void {
    for (const object of this.#store.list()) {
      listener({ type: "added", object, writer: undefined });
    }
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Keeps the store up to date until the signal aborts.
   *
   * Refusals and lost connections are retried for ever, and logged.
   *
   * @param options Ends it.
   */
  async run({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    const { kind, caches } = this.#resource;
    const remove = caches.add(kind, this);
    try {
      const options = { ...this.#options, signal };
      for await (const batch of reflectBatches(this.#resource, options)) {
        for (const event of batch) {
          if (event.type === "applied") this.#overlay.applied(event.object);
          else if (event.type === "deleted") {
            this.#overlay.deleted(event.object);
          } else {
            this.#overlay.replaced(event.objects, event.resourceVersion);
            this.#isSynced = true;
            this.#synced.resolve();
          }
        }
      }
    } finally {
      remove();
      this.#isSynced = false;
    }
  }

  /** Whether the store holds every object that a query asks for. */
  covers({ namespace, labels = {} }: CacheQuery): boolean {
    const own = this.#options;
    return this.#isSynced && own.fieldSelector === undefined &&
      own.transform === undefined && this.#labels !== undefined &&
      (own.namespace === undefined || own.namespace === namespace) &&
      Object.entries(this.#labels).every(([key, value]) =>
        labels[key] === value
      );
  }

  /** Reads one object. */
  get(key: ObjectKey): T | undefined {
    return this.#store.get(key);
  }

  /** Reads all objects, of one namespace or of all. */
  list(options?: { readonly namespace?: string | undefined }): readonly T[] {
    return this.#store.list(options);
  }

  /** Reads the objects with a label. */
  byLabel(label: string, value: string): readonly T[] {
    return this.#store.byLabel(label, value);
  }

  /** Hears of a write on its way. */
  beginWrite(key: ObjectKey): void {
    this.#overlay.beginWrite(key);
  }

  /** Hears how a write ended. */
  endWrite(key: ObjectKey, result: WriteResult<T>): void {
    this.#overlay.endWrite(key, result);
  }
}
