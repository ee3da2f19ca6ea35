import type {
  CacheQuery,
  ObjectCache,
  WriteResult,
} from "../client/object_cache.ts";
import type { InformedReader } from "../client/resource_reader.ts";
import { equalityLabels } from "../client/selector.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { deepFreeze } from "./deep_freeze.ts";
import { watchNamespaces } from "./namespace_scopes.ts";
import type { NamespaceSource } from "./namespace_source.ts";
import type { ObservedChange } from "./observed_change.ts";
import type { ReadonlyStore } from "./readonly_store.ts";
import type { ReflectorOptions } from "./reflector_event.ts";
import type { IndexFunction } from "./store_contents.ts";
import { UnionStore } from "./union_store.ts";
import { WatchedScope } from "./watched_scope.ts";

/**
 * Options of an {@linkcode Informer}.
 *
 * @typeParam T The object type.
 */
export interface InformerOptions<T> extends ReflectorOptions<T> {
  /**
   * Several namespaces, with a watch of its own each; or a set of them that
   * changes, as {@linkcode namespacesMatching} makes one.
   *
   * @default {undefined} `namespace` alone counts.
   */
  readonly namespaces?: readonly string[] | NamespaceSource | undefined;
  /**
   * Functions that say under which values an object is found, by index.
   *
   * @default {{}}
   */
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>> | undefined;
  /**
   * Whether a kind that the API server does not serve counts as one without
   * objects: the informer is ready, and looks for it every few seconds.
   *
   * @default {false} It is waited for.
   */
  readonly optional?: boolean | undefined;
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
  readonly #labels: Readonly<Record<string, string>> | undefined;
  readonly #listeners = new Set<(change: ObservedChange<T>) => void>();
  readonly #synced = Promise.withResolvers<void>();
  readonly #indexes: Record<string, IndexFunction<T>>;
  /** What is watched by namespace; `""` stands for what one watch shows. */
  readonly #scopes = new Map<string, WatchedScope<T>>();
  #isSynced = false;

  /** The objects, with what this client wrote. */
  readonly store: ReadonlyStore<T>;

  /**
   * Makes an informer; `run()` starts it.
   *
   * @param resource The kind to watch.
   * @param options Namespaces, filters, indexes.
   * @throws {TypeError} If the namespaces make no sense.
   */
  constructor(
    resource: InformedReader<T>,
    options: InformerOptions<T> = {},
  ) {
    const { namespace, namespaces, labelSelector = "" } = options;
    this.name = `informer of ${resource.kind.plural}`;
    this.#resource = resource;
    this.#options = options;
    this.#indexes = { ...options.indexes };
    this.#labels = equalityLabels(labelSelector);
    if (namespaces === undefined) {
      const scope = this.#open(namespace);
      this.#scopes.set("", scope);
      this.store = scope.store;
      return;
    }
    const what = `Cannot follow ${kindId(resource.kind)} in several namespaces`;
    if (resource.kind.scope === "Cluster") {
      throw new TypeError(`${what}: the kind has no namespaces`);
    }
    if (namespace !== undefined) {
      throw new TypeError(`${what}: "${namespace}" is given besides`);
    }
    const stores = this.#scopes;
    this.store = new UnionStore({
      get: (namespace) => stores.get(namespace)?.store,
      values: () => [...stores.values()].map(({ store }) => store),
    });
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
   * Whether its watches work; one that is lost and tried again does.
   *
   * @returns Whether they do.
   */
  healthy(): boolean {
    return [...this.#scopes.values()].every(({ isAlive }) => isAlive);
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
    const known = { writer: undefined, own: false, initial: true };
    for (const object of this.store.list()) {
      listener({ type: "added", object, ...known });
    }
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Adds indexes; one that is there already stays.
   *
   * @param indexes Functions that say under which values an object is found.
   * @throws {TypeError} If there is another index of that name.
   */
  addIndexes(indexes: Readonly<Record<string, IndexFunction<T>>>): void {
    for (const { store } of this.#scopes.values()) store.addIndexes(indexes);
    Object.assign(this.#indexes, indexes);
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
      await this.#watch(signal);
    } finally {
      remove();
      this.#isSynced = false;
    }
  }

  /** Whether the store holds every object that a query asks for. */
  covers({ namespace, labels = {} }: CacheQuery): boolean {
    const own = this.#options;
    const scope = own.namespaces === undefined
      ? this.#scopes.get("")
      : this.#scopes.get(namespace ?? "");
    return scope?.isSynced === true && own.fieldSelector === undefined &&
      own.transform === undefined && this.#labels !== undefined &&
      (own.namespace === undefined || own.namespace === namespace) &&
      Object.entries(this.#labels).every(([key, value]) =>
        labels[key] === value
      );
  }

  /** Reads one object. */
  get(key: ObjectKey): T | undefined {
    return this.store.get(key);
  }

  /** Reads all objects, of one namespace or of all. */
  list(options?: { readonly namespace?: string | undefined }): readonly T[] {
    return this.store.list(options);
  }

  /** Reads the objects with a label. */
  byLabel(label: string, value: string): readonly T[] {
    return this.store.byLabel(label, value);
  }

  /** Hears of a write on its way. */
  beginWrite(key: ObjectKey): void {
    this.#scopeOf(key)?.beginWrite(key);
  }

  /** Hears how a write ended. */
  endWrite(key: ObjectKey, result: WriteResult<T>): void {
    this.#scopeOf(key)?.endWrite(key, result);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { namespaces } = this.#options;
    const synced = (): void => {
      this.#isSynced = true;
      this.#synced.resolve();
    };
    const scope = this.#scopes.get("");
    if (namespaces === undefined) {
      void scope?.synced.then(synced);
      await scope?.run({ signal });
      return;
    }
    await watchNamespaces({
      source: typeof namespaces === "function"
        ? namespaces
        : always(namespaces),
      scopes: this.#scopes,
      open: (namespace) => this.#open(namespace),
      synced,
      signal,
    });
  }

  #open(namespace: string | undefined): WatchedScope<T> {
    const { optional = false, ...options } = this.#options;
    return new WatchedScope(this.#resource, {
      ...options,
      namespace,
      optional,
      indexes: this.#indexes,
      emit: (change) => this.#emit(change),
    });
  }

  #emit(change: ObservedChange<T>): void {
    if (this.#listeners.size > 0) deepFreeze(change.object);
    for (const listener of this.#listeners) listener(change);
  }

  #scopeOf({ namespace = "" }: ObjectKey): WatchedScope<T> | undefined {
    return this.#scopes.get("") ?? this.#scopes.get(namespace);
  }
}

function always(names: readonly string[]): NamespaceSource {
  return async function* () {
    yield await Promise.resolve(names);
  };
}
