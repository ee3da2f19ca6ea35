import type { ApplyConfiguration, Manifest, StatusConfiguration } from "../kind/configuration.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";

/** What every list and watch can filter by. */
export interface ListFilter {
  /** As `app=web,tier!=db`. */
  readonly labelSelector?: string;
  /** As `metadata.name=a`. */
  readonly fieldSelector?: string;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/**
 * Options of a list or watch.
 *
 * @typeParam S The scope of the kind.
 */
export type ListOptions<S extends Scope = Scope> = {
  Cluster: ListFilter & { readonly namespace?: never };
  Namespaced: ListFilter & { readonly namespace?: string };
}[S];

/**
 * One page of a list.
 *
 * @typeParam T The object type.
 */
export interface Page<T> {
  /** The objects. */
  readonly items: readonly T[];
  /** Where to start a watch. */
  readonly resourceVersion: string;
}

/**
 * One event of a watch.
 *
 * @typeParam T The object type.
 */
export type WatchEvent<T> =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: T }
  | { readonly type: "BOOKMARK"; readonly resourceVersion: string };

/**
 * All that readers of a kind need; covariant in the object type.
 *
 * @typeParam T The object type.
 */
export interface ResourceReader<T> {
  /** The kind. */
  readonly kind: Kind;
  /** Lists page by page. */
  pages(options?: ListFilter): AsyncIterableIterator<Page<T>>;
  /** Watches on one connection. */
  watch(options?: ListFilter): AsyncIterableIterator<WatchEvent<T>>;
}

/** Sends one request; stands in for the transport here. */
export type Send = (verb: string, key: ObjectKey | undefined, body?: unknown) => Promise<unknown>;

/**
 * The API verbs of one kind.
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 */
export class ResourceClient<T extends KubeObject<S>, S extends Scope> implements ResourceReader<T> {
  /** The kind. */
  readonly kind: Kind<T, S>;
  readonly #send: Send;

  /**
   * Made by {@linkcode Client.resource}.
   *
   * @param kind The kind.
   * @param send Sends one request.
   */
  constructor(kind: Kind<T, S>, send: Send) {
    this.kind = kind;
    this.#send = send;
  }

  /** Reads one object; `undefined` without one. */
  async get(key: ObjectKey<S>): Promise<T | undefined> {
    return await this.#send("get", keyOf(key)) as T | undefined;
  }

  /** Lists object by object. */
  async *list(options?: ListOptions<S>): AsyncIterableIterator<T> {
    for await (const page of this.pages(options)) yield* page.items;
  }

  /** Lists page by page. */
  async *pages(_options?: ListOptions<S>): AsyncIterableIterator<Page<T>> {
    yield await this.#send("list", undefined) as Page<T>;
  }

  /** Watches on one connection. */
  async *watch(_options?: ListOptions<S>): AsyncIterableIterator<WatchEvent<T>> {
    yield await this.#send("watch", undefined) as WatchEvent<T>;
  }

  /** Creates an object. */
  async create(object: Manifest<T, S>): Promise<T> {
    return await this.#send("create", keyOf(object.metadata), object) as T;
  }

  /** Replaces an object, if nobody else has. */
  async update(object: T): Promise<T> {
    return await this.#send("update", keyOf(object.metadata), object) as T;
  }

  /** Applies the fields this manager owns. */
  async apply(object: ApplyConfiguration<T, S>): Promise<T> {
    return await this.#send("apply", keyOf(object.metadata), object) as T;
  }

  /** Applies the status fields this manager owns. */
  async applyStatus(object: StatusConfiguration<T, S>): Promise<T> {
    return await this.#send("applyStatus", keyOf(object.metadata), object.status) as T;
  }

  /** Deletes an object; `false` if it was gone. */
  async delete(key: ObjectKey<S>): Promise<boolean> {
    return await this.#send("delete", keyOf(key)) as boolean;
  }
}

/** Live metadata is a key with more in it: take the key only. */
function keyOf({ name, namespace }: ObjectKey): ObjectKey {
  return namespace === undefined ? { name } : { name, namespace };
}

/** Hands out resource clients. */
export class Client {
  /**
   * The verbs of a kind.
   *
   * @typeParam T The object type.
   * @typeParam S The scope of the kind.
   * @param kind The kind.
   * @returns The verbs.
   */
  resource<T extends KubeObject<S>, S extends Scope>(kind: Kind<T, S>): ResourceClient<T, S> {
    return new ResourceClient(kind, (verb, key, body) => Promise.resolve({ verb, key, body }));
  }
}
