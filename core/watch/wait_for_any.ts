import type { ListFilter } from "../client/request_options.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { firstMatch, type WaitOptions } from "./first_match.ts";
import { Store } from "./store.ts";

/** Options of {@linkcode waitForAny}. */
export interface WaitForAnyOptions extends WaitOptions, ListFilter {
  /**
   * The namespace.
   *
   * @default {undefined} All of them.
   */
  readonly namespace?: string | undefined;
}

/**
 * Waits until there is at least one object, and returns all there are then.
 *
 * Watches; nothing is polled. A kind that is not served yet, and failures of
 * the server and the network, are waited out until the timeout.
 *
 * @example Wait for the first ConfigMap of an app
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, waitForAny } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 *
 * const appear = waitForAny(configMaps, {
 *   labelSelector: "app=web",
 *   timeout: 5_000,
 * });
 * await configMaps.create({
 *   metadata: { name: "a", namespace: "default", labels: { app: "web" } },
 * });
 * assertEquals((await appear).map(({ metadata }) => metadata.name), ["a"]);
 * ```
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options Which objects, and for how long.
 * @returns The objects, at least one.
 * @throws {TimeoutError} If it took too long; the cause is the last failure.
 */
export async function waitForAny<T extends KubeObject>(
  resource: ResourceReader<T>,
  options: WaitForAnyOptions = {},
): Promise<readonly T[]> {
  const { namespace } = options;
  const where = namespace === undefined ? "" : ` in namespace "${namespace}"`;
  const store = new Store<T>();
  return await firstMatch(resource, {
    ...options,
    what: `${resource.kind.plural}${where}: there was none`,
    match: (batch) => {
      for (const event of batch) {
        if (event.type === "replaced") store.replace(event.objects);
        else if (event.type === "applied") store.set(event.object);
        else store.delete(event.object.metadata);
      }
      return store.size > 0 ? { value: store.list() } : undefined;
    },
  });
}
