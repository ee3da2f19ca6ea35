import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import {
  addFinalizer,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
} from "../write/finalizer.ts";
import type { ReconcileContext, Reconciler } from "./reconciler.ts";

/**
 * Options of {@linkcode withFinalizer}.
 *
 * @typeParam T The object type.
 */
export interface WithFinalizerOptions<T extends KubeObject> {
  /** The entry, as `"example.io/cleanup"`. */
  readonly finalizer: string;
  /** Labels that are written with the entry, in the same request. */
  readonly labels?:
    | ((object: T) => Readonly<Record<string, string>>)
    | undefined;
  /** Makes the world as the object wants it. */
  readonly reconcile: Reconciler<T>;
  /** Undoes it, before the object may go; a throw keeps the finalizer. */
  readonly cleanup: (
    object: T,
    context: ReconcileContext<T>,
  ) => Promise<void>;
}

/**
 * Makes a reconciler that cleans up before its object goes.
 *
 * The finalizer is there before `reconcile` is called for the first time.
 * `cleanup` is called until it succeeds once; it may be called again if the
 * program stops before the finalizer is removed, so it must bear that.
 *
 * @example Undo what was done outside the cluster
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import {
 *   Client,
 *   Controller,
 *   start,
 *   waitFor,
 *   withFinalizer,
 * } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const outside = new Set<string>();
 *
 * const reconcile = withFinalizer(configMaps, {
 *   finalizer: "example.io/outside",
 *   reconcile: async ({ metadata: { name, namespace } }) => {
 *     outside.add(name);
 *     await configMaps.apply({ metadata: { name, namespace }, data: { a: "b" } });
 *   },
 *   cleanup: async ({ metadata }) => void outside.delete(metadata.name),
 * });
 * await using _running = start(new Controller(configMaps, reconcile));
 * const key = { name: "app", namespace: "default" };
 * await configMaps.create({ metadata: key });
 * await waitFor(configMaps, key, { condition: (object) => !!object?.data });
 * assertEquals(outside.has("app"), true);
 *
 * await configMaps.delete(key);
 * await waitFor(configMaps, key, { condition: (object) => !object });
 * assertEquals(outside.size, 0);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param options The entry, labels, what to do and how to undo it.
 * @returns The reconciler.
 */
export function withFinalizer<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  options: WithFinalizerOptions<T>,
): Reconciler<T> {
  const { finalizer, labels, reconcile, cleanup } = options;
  return async (object, context) => {
    const { signal } = context;
    if (isBeingDeleted(object)) {
      if (!hasFinalizer(object, finalizer)) return;
      await cleanup(object, context);
      await removeFinalizer(resource, object, { finalizer, signal });
      return;
    }
    const ready = await addFinalizer(resource, object, {
      finalizer,
      labels: labels?.(object),
      signal,
    });
    // Without the entry the object is gone, or on its way.
    if (!hasFinalizer(ready, finalizer)) return;
    return await reconcile(ready, context);
  };
}
