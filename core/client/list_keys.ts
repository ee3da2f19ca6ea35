import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { keyOf } from "./exchange.ts";
import type { ListOptions } from "./request_options.ts";
import type { ResourceView } from "./resource_view.ts";

/**
 * Lists the keys of objects; only metadata is sent.
 *
 * @example List the keys of all ConfigMaps of an app
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, listKeys } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "a", namespace: "default" };
 * await configMaps.create({ metadata: { ...key, labels: { app: "web" } } });
 *
 * const keys = await listKeys(configMaps, { labelSelector: "app=web" });
 * assertEquals(keys, [key]);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param options Namespace, or all of them; filters; signal.
 * @returns The keys, in the order of the API server.
 * @throws {ApiError} If the API server refuses.
 */
export async function listKeys<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceView<T, S>,
  options?: ListOptions<S>,
): Promise<ObjectKey<S>[]> {
  const keys: ObjectKey<S>[] = [];
  for await (const { metadata } of resource.metadata.list(options)) {
    // Metadata is a key of its scope, and has more in it.
    keys.push(keyOf(metadata) as ObjectKey<S>);
  }
  return keys;
}
