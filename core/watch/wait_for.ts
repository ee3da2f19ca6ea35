import type { ResourceReader } from "../client/resource_reader.ts";
import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { firstMatch, type WaitOptions } from "./first_match.ts";

/**
 * Options of {@linkcode waitFor}.
 *
 * @typeParam T The object type.
 */
export interface WaitForOptions<T> extends WaitOptions {
  /** Whether the object is as awaited; it is `undefined` while absent. */
  readonly condition: (object: T | undefined) => boolean;
}

/**
 * Waits until an object is as awaited, or gone.
 *
 * Watches that one object; nothing is polled. Failures of the server and the
 * network are retried until the timeout.
 *
 * @example Wait for an object to appear, and to go
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, waitFor } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "a", namespace: "default" };
 *
 * const appears = waitFor(configMaps, key, {
 *   condition: (object) => object?.data?.color === "blue",
 *   timeout: 5_000,
 * });
 * await configMaps.create({ metadata: key, data: { color: "blue" } });
 * assertEquals((await appears)?.metadata.name, "a");
 *
 * await configMaps.delete(key);
 * await waitFor(configMaps, key, { condition: (object) => !object });
 * ```
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param key The key; the metadata of an object is one.
 * @param options What is awaited, and for how long.
 * @returns The object that met the condition; `undefined` if its absence did.
 * @throws {TimeoutError} If it took too long; the cause is the last failure.
 */
export async function waitFor<T extends KubeObject>(
  resource: ResourceReader<T>,
  key: ObjectKey,
  options: WaitForOptions<T>,
): Promise<T | undefined> {
  const { condition, timeout, signal, clock } = options;
  const { name, namespace } = key;
  return await firstMatch(resource, {
    namespace,
    fieldSelector: `metadata.name=${name}`,
    what: `${resource.kind.kind} "${formatKey(key)}": ` +
      "the condition was not met",
    timeout,
    signal,
    clock,
    match: (batch) => {
      for (const event of batch) {
        const object = event.type === "replaced"
          ? event.objects.find(({ metadata }) => metadata.name === name)
          : event.object;
        if (object !== undefined && object.metadata.name !== name) continue;
        const value = event.type === "deleted" ? undefined : object;
        if (condition(value)) return { value };
      }
    },
  });
}
