import { mergePatch } from "../client/patch.ts";
import type { WriteOptions } from "../client/request_options.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";

/** Values by key; `null` removes a key. */
export type MetadataChanges = Readonly<Record<string, string | null>>;

/**
 * Sets and removes labels of an object; others stay. Nothing to change sends
 * nothing.
 *
 * For objects that belong to somebody else; labels of an object that the
 * operator applies belong into what it applies.
 *
 * @example Set one label and remove another
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, setLabels } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 * await configMaps.create({ metadata: { ...key, labels: { old: "1" } } });
 *
 * await setLabels(configMaps, key, { app: "web", old: null });
 * assertEquals((await configMaps.get(key))?.metadata.labels, { app: "web" });
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param key The object.
 * @param labels The labels.
 * @param options Field manager, dry run, signal.
 * @throws {ApiError} If the API server refuses, or there is no such object.
 */
export async function setLabels<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  key: ObjectKey<S>,
  labels: MetadataChanges,
  options?: WriteOptions,
): Promise<void> {
  if (Object.keys(labels).length === 0) return;
  await resource.patch(key, mergePatch({ metadata: { labels } }), options);
}

/**
 * Sets and removes annotations of an object, as {@linkcode setLabels} does
 * with labels.
 *
 * @example Set one annotation and remove another
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, setAnnotations } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 * const { metadata } = await configMaps.create({ metadata: key });
 *
 * await setAnnotations(configMaps, metadata, { "example.io/note": "seen" });
 * const annotations = (await configMaps.get(key))?.metadata.annotations;
 * assertEquals(annotations, { "example.io/note": "seen" });
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param key The object.
 * @param annotations The annotations.
 * @param options Field manager, dry run, signal.
 * @throws {ApiError} If the API server refuses, or there is no such object.
 */
export async function setAnnotations<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  key: ObjectKey<S>,
  annotations: MetadataChanges,
  options?: WriteOptions,
): Promise<void> {
  if (Object.keys(annotations).length === 0) return;
  await resource.patch(key, mergePatch({ metadata: { annotations } }), options);
}
