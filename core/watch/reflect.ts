import type { ResourceReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { deepFreeze } from "./deep_freeze.ts";
import { reflectBatches, type ReflectorOptions } from "./reflector.ts";
import type { ReflectorEvent } from "./reflector_event.ts";
import { Store, type StoreChange } from "./store.ts";

/**
 * One change of the objects of a kind.
 *
 * @typeParam T The object type.
 */
export type WatchChange<T> =
  & WatchChangeContent<T>
  & {
    /**
     * Whether it was found by comparing with a new complete list, because the
     * watch was interrupted: changes between were missed, and of a deleted
     * object the last state is unknown.
     */
    readonly relisted: boolean;
  };

/**
 * What a {@linkcode WatchChange} tells.
 *
 * @typeParam T The object type.
 */
export type WatchChangeContent<T> = StoreChange<T> | {
  /** Every object of a complete list has been told. */
  readonly type: "synced";
};

/**
 * Follows the objects of a kind: those that exist come first, as `"added"`,
 * then `"synced"`, then each change for ever.
 *
 * Failures of the server and the network are retried; leaving the loop or
 * aborting the signal ends it. What is told is frozen.
 *
 * @example List what exists, then stop
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, reflect } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * await configMaps.create({ metadata: { name: "a", namespace: "default" } });
 *
 * const names: string[] = [];
 * for await (const change of reflect(configMaps, { namespace: "default" })) {
 *   if (change.type === "synced") break;
 *   names.push(change.object.metadata.name);
 * }
 * assertEquals(names, ["a"]);
 * ```
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options What to follow, and what ends it.
 * @returns The changes.
 * @throws {TypeError} If the namespace or the page size makes no sense.
 */
export function reflect<T extends KubeObject>(
  resource: ResourceReader<T>,
  options: ReflectorOptions<T> = {},
): AsyncIterableIterator<WatchChange<T>> {
  return changesOf(reflectBatches(resource, options));
}

async function* changesOf<T extends KubeObject>(
  batches: AsyncIterable<readonly ReflectorEvent<T>[]>,
): AsyncIterableIterator<WatchChange<T>> {
  const store = new Store<T>();
  let isSynced = false;
  for await (const batch of batches) {
    for (const event of batch) {
      const relisted = isSynced && event.type === "replaced";
      for (const change of apply(store, event)) {
        yield deepFreeze({ ...change, relisted });
      }
      if (event.type !== "replaced") continue;
      isSynced = true;
      yield { type: "synced", relisted };
    }
  }
}

function apply<T extends KubeObject>(
  store: Store<T>,
  event: ReflectorEvent<T>,
): StoreChange<T>[] {
  if (event.type === "replaced") return store.replace(event.objects);
  const { object } = event;
  if (event.type === "deleted") {
    const old = store.delete(object.metadata);
    return old === undefined ? [] : [{ type: "deleted", object }];
  }
  const old = store.set(object);
  if (old === undefined) return [{ type: "added", object }];
  if (old.metadata.uid === object.metadata.uid) {
    return [{ type: "modified", object, old }];
  }
  return [{ type: "deleted", object: old }, { type: "added", object }];
}
