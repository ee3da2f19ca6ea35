import type {
  ApplyConfiguration,
  Manifest,
  StatusConfiguration,
} from "../kind/configuration.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import type { Subresource } from "../kind/subresource.ts";
import { holdsIntent, rememberIntent } from "./applied_intent.ts";
import { deleteCollection } from "./delete_collection.ts";
import { deleteObject } from "./delete_object.ts";
import {
  type Exchange,
  keyOf,
  type ObjectWrite,
  writeObject,
  type Written,
} from "./exchange.ts";
import type { Patch } from "./patch.ts";
import type {
  ApplyOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  PatchOptions,
  WriteOptions,
} from "./request_options.ts";
import { resourcePath } from "./resource_path.ts";
import { ResourceView } from "./resource_view.ts";
import { SubresourceClient } from "./subresource_client.ts";

const APPLY = "application/apply-patch+yaml"; // JSON is YAML

/**
 * The API verbs of one kind; {@linkcode Client.resource} makes it.
 *
 * Every verb throws an {@linkcode ApiError} if the API server refuses, and a
 * {@linkcode ConnectionError} if it cannot be reached.
 *
 * @example Create, read and delete a ConfigMap
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 *
 * await configMaps.create({ metadata: key, data: { color: "blue" } });
 * assertEquals((await configMaps.get(key))?.data, { color: "blue" });
 * assertEquals(await configMaps.delete(key), true);
 * assertEquals(await configMaps.delete(key), false);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 */
export class ResourceClient<T extends KubeObject<S>, S extends Scope>
  extends ResourceView<T, S> {
  /** Who owns the fields that are written. */
  readonly fieldManager: string;
  readonly #exchange: Exchange;

  /**
   * Made by {@linkcode Client.resource}.
   *
   * @param kind The kind.
   * @param exchange The client's parts.
   */
  constructor(kind: Kind<T, S>, exchange: Exchange) {
    super(kind, exchange);
    this.fieldManager = exchange.fieldManager;
    this.#exchange = exchange;
  }

  /**
   * Creates an object.
   *
   * @param object The object.
   * @param options Field manager, dry run, signal.
   * @returns The object as the API server made it.
   */
  async create(object: Manifest<T, S>, options: WriteOptions = {}): Promise<T> {
    const { namespace } = object.metadata;
    const { object: created } = await this.#write({
      method: "POST",
      path: resourcePath(this.kind, { namespace }),
      key: object.metadata,
      contentType: "application/json",
      body: this.#typed(object),
      options,
    });
    return created;
  }

  /**
   * Replaces an object, unless somebody changed it since it was read.
   *
   * A whole number beyond 2^53 has lost digits when it was read; change objects
   * that hold one by `apply()` or `patch()`, which leave it alone.
   *
   * @param object The object as it was read, with changes.
   * @param options Field manager, dry run, signal, subresource.
   * @returns The object as the API server stored it.
   */
  async update(object: T, options: PatchOptions = {}): Promise<T> {
    // Partly read managed fields would replace those of everybody else.
    const metadata = { ...object.metadata, managedFields: undefined };
    const { object: updated } = await this.#write({
      method: "PUT",
      key: object.metadata,
      subresource: options.subresource,
      contentType: "application/json",
      body: this.#typed({ ...object, metadata }),
      options,
    });
    return updated;
  }

  /**
   * Applies the fields that this field manager wants to own, creating the
   * object if there is none (server-side apply).
   *
   * @param object The fields.
   * @param options Force, uid, field manager, dry run, signal.
   * @returns The object as the API server merged it.
   */
  async apply(
    object: ApplyConfiguration<T, S>,
    options: ApplyOptions = {},
  ): Promise<T> {
    return (await this.applyReporting(object, options)).object;
  }

  /**
   * Does what {@linkcode ResourceClient.apply} does, and says whether the
   * object is new.
   *
   * @param object The fields.
   * @param options Force, uid, field manager, dry run, signal.
   * @returns The object, and whether it is new.
   */
  async applyReporting(
    object: ApplyConfiguration<T, S>,
    options: ApplyOptions = {},
  ): Promise<Written<T>> {
    const { uid, resourceVersion } = options;
    const metadata = { ...object.metadata, uid, resourceVersion };
    return await this.#write({
      method: "PATCH",
      key: object.metadata,
      contentType: APPLY,
      body: this.#typed({ ...object, metadata }),
      force: options.force,
      options,
    });
  }

  /**
   * Applies the status fields that this field manager wants to own; sends
   * nothing if an informer shows that they already hold and are ours.
   *
   * Takes fields over from others by default: an operator owns the status of
   * its kinds.
   *
   * @param object The key, which may be live metadata, and the status.
   * @param options Force (on by default), field manager, signal.
   * @returns The object as the API server merged it.
   */
  async applyStatus(
    object: StatusConfiguration<T, S>,
    options: ApplyOptions = {},
  ): Promise<T> {
    const { metadata, status } = object;
    const { force = true, fieldManager = this.fieldManager } = options;
    const owner = { fieldManager, subresource: "status" };
    const live = this.cached(metadata);
    if (live !== undefined && holdsIntent(live, { status }, owner)) return live;
    const { object: applied } = await this.#write({
      method: "PATCH",
      key: metadata,
      subresource: "status",
      contentType: APPLY,
      body: this.#typed({
        metadata: {
          ...keyOf(metadata),
          resourceVersion: options.resourceVersion,
        },
        status,
      }),
      force,
      options,
    });
    rememberIntent(applied, { status }, owner);
    return applied;
  }

  /**
   * Patches an object.
   *
   * @param key The key.
   * @param patch The patch, made by `jsonPatch()`, `mergePatch()` or
   * `strategicMergePatch()`.
   * @param options Subresource, field manager, dry run, signal.
   * @returns The object as the API server stored it.
   */
  async patch(
    key: ObjectKey<S>,
    patch: Patch,
    options: PatchOptions = {},
  ): Promise<T> {
    const { object } = await this.#write({
      method: "PATCH",
      key,
      subresource: options.subresource,
      contentType: patch.contentType,
      body: patch.body,
      options,
    });
    return object;
  }

  /**
   * Asks for the deletion of an object.
   *
   * Finalizers may keep it for a while; `waitFor()` waits until it is gone.
   *
   * @param key The key.
   * @param options Uid and version that are meant, propagation, signal.
   * @returns `false` if there was none.
   */
  async delete(
    key: ObjectKey<S>,
    options: DeleteOptions = {},
  ): Promise<boolean> {
    return await deleteObject(this.#exchange, {
      kind: this.kind,
      key: keyOf(key),
      options,
    });
  }

  /**
   * Asks for the deletion of all objects that selectors choose.
   *
   * Informers hear of it by their watch.
   *
   * @param options Namespace, selectors, propagation, signal.
   * @returns The keys of the objects; finalizers may keep some for a while.
   * @throws {TypeError} If nothing limits the deletion and `all` is not set.
   */
  async deleteCollection(
    options: DeleteCollectionOptions<S>,
  ): Promise<ObjectKey<S>[]> {
    const { kind } = this;
    return await deleteCollection(this.#exchange, { kind, options });
  }

  /**
   * The verbs of a part of the objects, as of their scale.
   *
   * @typeParam B The type of the part.
   * @param subresource The part, as `Scale`.
   * @returns The verbs.
   */
  subresource<B>(subresource: Subresource<B>): SubresourceClient<B, S> {
    const { kind } = this;
    return new SubresourceClient({ kind, subresource }, this.#exchange);
  }

  #write(write: ObjectWrite): Promise<Written<T>> {
    return writeObject(this.#exchange, { ...write, kind: this.kind });
  }

  #typed(object: object): object {
    const { apiVersion, kind } = this.kind;
    return { ...object, apiVersion, kind };
  }
}
