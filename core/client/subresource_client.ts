import type { DeepPartial } from "../kind/configuration.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import type { Subresource } from "../kind/subresource.ts";
import { isNotFound } from "./api_error.ts";
import {
  type Exchange,
  keyOf,
  requestWrite,
  type WriteRequest,
} from "./exchange.ts";
import { parseAnswer } from "./parse_answer.ts";
import type { Patch } from "./patch.ts";
import type {
  ApplyOptions,
  RequestOptions,
  WriteOptions,
} from "./request_options.ts";
import { resourcePath } from "./resource_path.ts";
import type { ApiRequest } from "./transport.ts";

/**
 * The verbs of one part of the objects of a kind;
 * {@linkcode ResourceClient.subresource} makes it.
 *
 * Which verbs there are depends on the part: a `scale` is read and changed, an
 * `eviction` or a `token` is only created. Informers hear of the change of the
 * object by their watch.
 *
 * @example Read and change the scale of a Deployment
 * ```ts
 * import { Deployment } from "@koprs/koprs/builtin";
 * import { Client, mergePatch, Scale } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const deployments = client.resource(Deployment);
 * const labels = { app: "web" };
 * const containers = [{ name: "web", image: "web:1" }];
 * const { metadata } = await deployments.create({
 *   metadata: { name: "web", namespace: "default" },
 *   spec: {
 *     replicas: 1,
 *     selector: { matchLabels: labels },
 *     template: { metadata: { labels }, spec: { containers } },
 *   },
 * });
 *
 * const scales = deployments.subresource(Scale);
 * await scales.patch(metadata, mergePatch({ spec: { replicas: 3 } }));
 * assertEquals((await scales.get(metadata))?.spec.replicas, 3);
 * ```
 *
 * @typeParam B The type of the part.
 * @typeParam S The scope of the kind.
 */
export class SubresourceClient<B, S extends Scope> {
  /** The part. */
  readonly subresource: Subresource<B>;
  /** The kind. */
  readonly kind: Kind<KubeObject<S>, S>;
  readonly #exchange: Exchange;

  /**
   * Made by {@linkcode ResourceClient.subresource}.
   *
   * @param of The kind and its part.
   * @param of.kind The kind.
   * @param of.subresource The part.
   * @param exchange The client's parts.
   */
  constructor(
    { kind, subresource }: {
      readonly kind: Kind<KubeObject<S>, S>;
      readonly subresource: Subresource<B>;
    },
    exchange: Exchange,
  ) {
    this.kind = kind;
    this.subresource = subresource;
    this.#exchange = exchange;
  }

  /**
   * Reads the part of an object.
   *
   * @param key The key of the object.
   * @param options Signal and deadline.
   * @returns The part, or `undefined` without the object.
   */
  async get(
    key: ObjectKey<S>,
    options: RequestOptions = {},
  ): Promise<B | undefined> {
    try {
      const { transport } = this.#exchange;
      const path = this.#path(key);
      const { text } = await transport.request({
        method: "GET",
        path,
        ...options,
      });
      // The descriptor vouches for its type.
      return parseAnswer({ method: "GET", path }, text) as B;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /**
   * Creates the part of an object, which often means to do something.
   *
   * @param key The key of the object.
   * @param body The part; what names it is filled in.
   * @param options Field manager, dry run, signal.
   * @returns The answer.
   */
  create(
    key: ObjectKey<S>,
    body: DeepPartial<B>,
    options: WriteOptions = {},
  ): Promise<B> {
    return this.#send(key, { method: "POST", body, options });
  }

  /**
   * Replaces the part of an object.
   *
   * @param key The key of the object.
   * @param body The part; what names it is filled in.
   * @param options Field manager, dry run, signal.
   * @returns The part as it is now.
   */
  update(
    key: ObjectKey<S>,
    body: DeepPartial<B>,
    options: WriteOptions = {},
  ): Promise<B> {
    return this.#send(key, { method: "PUT", body, options });
  }

  /**
   * Applies the fields of the part that this field manager wants to own.
   *
   * @param key The key of the object.
   * @param body The fields; what names the part is filled in.
   * @param options Force, field manager, dry run, signal.
   * @returns The part as it is now.
   */
  apply(
    key: ObjectKey<S>,
    body: DeepPartial<B>,
    options: ApplyOptions = {},
  ): Promise<B> {
    const { uid, resourceVersion } = options;
    const contentType = "application/apply-patch+yaml";
    const metadata = { uid, resourceVersion };
    return this.#send(key, {
      method: "PATCH",
      body,
      options,
      contentType,
      metadata,
    });
  }

  /**
   * Patches the part of an object.
   *
   * @param key The key of the object.
   * @param patch The patch.
   * @param options Field manager, dry run, signal.
   * @returns The part as it is now.
   */
  patch(
    key: ObjectKey<S>,
    patch: Patch,
    options: WriteOptions = {},
  ): Promise<B> {
    return this.#request({
      method: "PATCH",
      path: this.#path(key),
      ...patch,
      options,
    });
  }

  #send(
    key: ObjectKey<S>,
    { method, contentType, body, metadata, options }: PartWrite,
  ): Promise<B> {
    const { apiVersion, kind } = this.subresource;
    const given = body as { readonly metadata?: object }; // JSON
    return this.#request({
      method,
      path: this.#path(key),
      contentType: contentType ?? "application/json",
      body: {
        ...given,
        apiVersion,
        kind,
        metadata: { ...given.metadata, ...metadata, ...keyOf(key) },
      },
      force: options.force,
      options,
    });
  }

  async #request(write: WriteRequest): Promise<B> {
    const { text } = await requestWrite(this.#exchange, write);
    // The descriptor vouches for its type.
    return parseAnswer(write, text) as B;
  }

  #path(key: ObjectKey<S>): string {
    const { name: subresource } = this.subresource;
    return resourcePath(this.kind, { ...keyOf(key), subresource });
  }
}

/** One write of a part. */
interface PartWrite {
  readonly method: ApiRequest["method"];
  readonly contentType?: string;
  readonly body: unknown;
  readonly metadata?: object;
  readonly options: ApplyOptions;
}
