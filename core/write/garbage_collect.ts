import { isConflict } from "../client/api_error.ts";
import { keyOf } from "../client/exchange.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { isBeingDeleted, removeFinalizer } from "./finalizer.ts";
import {
  type GarbageSelection,
  selectChildren,
  type Selector,
  selectorOf,
} from "./garbage_selection.ts";

/**
 * Options of {@linkcode garbageCollect}.
 *
 * @typeParam T The object type.
 */
export type GarbageCollectOptions<T> =
  & GarbageSelection
  & GarbageTreatment<T>;

/**
 * What {@linkcode garbageCollect} does with the objects it selects.
 *
 * @typeParam T The object type.
 */
export interface GarbageTreatment<T> {
  /**
   * Whether an object is wanted.
   *
   * Names repeat across namespaces: compare both.
   */
  readonly keep: (object: T) => boolean;
  /**
   * Finalizers to take from unwanted objects that are being deleted, whose
   * owners will never do so; `"all"` takes every one. Their clean-up is lost.
   *
   * @default {[]}
   */
  readonly unblock?: readonly string[] | "all" | undefined;
  /**
   * What happens to the objects that a deleted one owns.
   *
   * @default {the kind's own policy}
   */
  readonly propagationPolicy?:
    | "Background"
    | "Foreground"
    | "Orphan"
    | undefined;
  /**
   * Whether the API server only checks the requests.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Ends the work.
   *
   * @default {undefined} Nothing does.
   */
  readonly signal?: AbortSignal | undefined;
}

/** An object that could not be deleted or unblocked. */
export interface GarbageFailure {
  /** Its key. */
  readonly key: ObjectKey;
  /** Why. */
  readonly error: unknown;
}

/** What {@linkcode garbageCollect} did; an object that was gone is in no list. */
export interface GarbageResult {
  /** Objects that are wanted. */
  readonly kept: readonly ObjectKey[];
  /** Objects whose deletion was asked for; finalizers may keep them a while. */
  readonly deleted: readonly ObjectKey[];
  /** Objects whose deletion was asked for before, and that are still there. */
  readonly terminating: readonly ObjectKey[];
  /** Objects that lost the finalizers named by `unblock`. */
  readonly unblocked: readonly ObjectKey[];
  /** Objects that another attempt may delete or unblock. */
  readonly failed: readonly GarbageFailure[];
}

/**
 * Deletes the objects of an owner, or with some labels, that are not wanted.
 *
 * Reads an informer of the client that covers them, else lists page by page.
 * Everything is judged before anything is deleted. Each deletion names uid and
 * version of the object that was judged; if it changed meanwhile, it is read
 * and judged once more. One failure does not stop the rest.
 *
 * Children are selected by their owner: by owner reference in its namespace,
 * or with `prefix` by the label of `ownerMark()` in all namespaces. Labels
 * alone may select objects of several owners, so `keep` must know them all.
 *
 * @example Delete what the owner no longer wants
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, controllerReference, garbageCollect } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const namespace = "default";
 * const owner = await configMaps.create({ metadata: { name: "app", namespace } });
 * const ownerReferences = [controllerReference(owner)];
 * for (const name of ["new", "old"]) {
 *   await configMaps.create({ metadata: { name, namespace, ownerReferences } });
 * }
 *
 * const { deleted } = await garbageCollect(configMaps, {
 *   owner,
 *   keep: (child) => child.metadata.name === "new",
 * });
 * assertEquals(deleted, [{ name: "old", namespace }]);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param options What to select, what to keep, how to delete.
 * @returns What was done, by object.
 * @throws {TypeError} If nothing limits the selection.
 * @throws {ApiError} If the objects cannot be listed.
 */
export async function garbageCollect<
  T extends KubeObject<S>,
  S extends Scope,
>(
  resource: ResourceClient<T, S>,
  options: GarbageCollectOptions<T>,
): Promise<GarbageResult> {
  const { signal, keep } = options;
  const selector = selectorOf(resource.kind, options);
  const children = await selectChildren(resource, { selector, signal });
  const result = {
    kept: [] as ObjectKey[],
    deleted: [] as ObjectKey[],
    terminating: [] as ObjectKey[],
    unblocked: [] as ObjectKey[],
    failed: [] as GarbageFailure[],
  };
  // A `keep` that throws must not do so halfway.
  const unwanted: T[] = [];
  for (const child of children) {
    if (keep(child)) result.kept.push(keyOf(child.metadata));
    else unwanted.push(child);
  }
  for (const child of unwanted) {
    signal?.throwIfAborted();
    const key = keyOf(child.metadata);
    try {
      const outcome = await collect(resource, child, { ...options, selector });
      if (outcome !== "gone") result[outcome].push(key);
    } catch (error) {
      signal?.throwIfAborted();
      result.failed.push({ key, error });
    }
  }
  return result;
}

/** What became of one object. */
type Outcome = "kept" | "deleted" | "terminating" | "unblocked" | "gone";

/** How to treat one object. */
interface Collection<T> extends GarbageTreatment<T> {
  readonly selector: Selector;
}

async function collect<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  object: T,
  options: Collection<T>,
): Promise<Outcome> {
  try {
    return await remove(resource, object, options);
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  // It changed since it was judged, or another one took its name.
  const { signal, keep, selector } = options;
  const live = await resource.get(object.metadata, { signal });
  if (live === undefined || !selector.selects(live)) return "gone";
  return keep(live) ? "kept" : await remove(resource, live, options);
}

async function remove<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  object: T,
  { unblock = [], propagationPolicy, dryRun, signal }: Collection<T>,
): Promise<Outcome> {
  const { uid, resourceVersion, finalizers = [] } = object.metadata;
  if (!isBeingDeleted(object)) {
    const isDeleted = await resource.delete(object.metadata, {
      uid,
      resourceVersion,
      propagationPolicy,
      dryRun,
      signal,
    });
    return isDeleted ? "deleted" : "gone";
  }
  const blocking = finalizers.filter((finalizer) =>
    unblock === "all" || unblock.includes(finalizer)
  );
  // From the last to the first, so that the places of the others stay known.
  for (const finalizer of blocking.reverse()) {
    await removeFinalizer(resource, object, { finalizer, dryRun, signal });
  }
  return blocking.length > 0 ? "unblocked" : "terminating";
}
