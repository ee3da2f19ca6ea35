import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import type { CacheRegistry } from "./cache_registry.ts";
import type { Exchange } from "./exchange.ts";
import type { CacheQuery, ObjectCache } from "./object_cache.ts";
import {
  readObject,
  readPages,
  type ReadTarget,
  readWatch,
} from "./read_resource.ts";
import type {
  ListOptions,
  PageOptions,
  RequestOptions,
  WatchOptions,
} from "./request_options.ts";
import type { InformedReader, Page, WatchEvent } from "./resource_reader.ts";
import type { Transport } from "./transport.ts";

/**
 * The reading verbs of one kind; {@linkcode ResourceClient} adds the others.
 *
 * @example List ConfigMaps by label
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const metadata = { namespace: "default", labels: { app: "web" } };
 * await configMaps.create({ metadata: { ...metadata, name: "a" } });
 * await configMaps.create({ metadata: { ...metadata, name: "b" } });
 *
 * const names = [];
 * for await (const { metadata } of configMaps.list({ labelSelector: "app=web" })) {
 *   names.push(metadata.name);
 * }
 * assertEquals(names, ["a", "b"]);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 */
export class ResourceView<T extends KubeObject<S>, S extends Scope>
  implements InformedReader<T> {
  /** The kind. */
  readonly kind: Kind<T, S>;
  /** The running informers of the client, which hear of every write. */
  readonly caches: CacheRegistry;
  /** Sends requests of any path. */
  readonly transport: Transport;
  readonly #exchange: Exchange;

  /**
   * Made by {@linkcode Client.resource}.
   *
   * @param kind The kind.
   * @param exchange The client's parts.
   */
  constructor(kind: Kind<T, S>, exchange: Exchange) {
    this.kind = kind;
    this.caches = exchange.caches;
    this.transport = exchange.transport;
    this.#exchange = exchange;
  }

  /**
   * Reads, lists and watches metadata alone, which is little of an object.
   *
   * What is read has the kind's own `apiVersion` and `kind`. Informers and
   * controllers take it where a kind is asked for.
   */
  get metadata(): ResourceView<KubeObject<S>, S> {
    if (this.#exchange.metadataOnly === true) return this;
    return new ResourceView<KubeObject<S>, S>(this.kind, {
      ...this.#exchange,
      caches: this.caches.metadata,
      metadataOnly: true,
    });
  }

  /**
   * Finds a running informer of this client that holds all that a query asks.
   *
   * @param query What is looked for.
   * @returns The cache, or `undefined`.
   */
  cache(query: CacheQuery): ObjectCache<T> | undefined {
    return this.caches.find(this.kind, query);
  }

  /**
   * Looks an object up in the running informers of this client.
   *
   * @param key The key.
   * @returns The object as last seen or written, or `undefined`.
   */
  cached(key: ObjectKey<S>): T | undefined {
    return this.caches.get(this.kind, key);
  }

  /**
   * Reads one object from the API server.
   *
   * @param key The key.
   * @param options Signal and deadline.
   * @returns The object, or `undefined` without one.
   */
  async get(
    key: ObjectKey<S>,
    options: RequestOptions = {},
  ): Promise<T | undefined> {
    return await readObject(this.#target, key, options);
  }

  /**
   * Asks whether an object exists; only its metadata is sent.
   *
   * @param key The key.
   * @param options Signal and deadline.
   * @returns Whether it does.
   */
  async exists(
    key: ObjectKey<S>,
    options: RequestOptions = {},
  ): Promise<boolean> {
    return await this.metadata.get(key, options) !== undefined;
  }

  /**
   * Lists object by object, reading page after page as needed.
   *
   * Managed fields of other field managers are left out.
   *
   * @param options Namespace and filters.
   * @returns The objects.
   */
  async *list(options?: ListOptions<S>): AsyncIterableIterator<T> {
    for await (const page of this.pages(options)) yield* page.items;
  }

  /**
   * Lists page by page.
   *
   * @param options Namespace, filters, page size.
   * @returns The pages.
   */
  pages(options?: PageOptions): AsyncIterableIterator<Page<T>> {
    return readPages(this.#target, options);
  }

  /**
   * Watches on one connection, without ever reconnecting; see `reflect()`.
   *
   * @param options Namespace, filters, where to start.
   * @returns The events; leaving the loop closes the connection.
   */
  async *watch(options?: WatchOptions): AsyncIterableIterator<WatchEvent<T>> {
    for await (const batch of this.watchBatches(options)) yield* batch;
  }

  /**
   * Watches on one connection; each batch holds what arrived together.
   *
   * @param options Namespace, filters, where to start.
   * @returns The batches; leaving the loop closes the connection.
   */
  watchBatches(
    options?: WatchOptions,
  ): AsyncIterableIterator<readonly WatchEvent<T>[]> {
    return readWatch(this.#target, options);
  }

  get #target(): ReadTarget<T> {
    return { ...this.#exchange, kind: this.kind };
  }
}
