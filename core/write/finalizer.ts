import {
  ApiError,
  isApplyConflict,
  isConflict,
  isInvalid,
  isNotFound,
} from "../client/api_error.ts";
import { keyOf } from "../client/exchange.ts";
import { jsonPatch } from "../client/patch.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { StatusCause } from "../client/status_details.ts";
import type { ApplyConfiguration } from "../kind/configuration.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";

/** How often a removal is tried while others change the finalizers, too. */
const maxTries = 5;

/** Options of {@linkcode addFinalizer}. */
export interface AddFinalizerOptions {
  /** The entry, as `"example.io/cleanup"`. */
  readonly finalizer: string;
  /**
   * Labels that are written in the same request.
   *
   * @default {undefined} No labels.
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * Ends the request.
   *
   * @default {undefined} Nothing does.
   */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode removeFinalizer}. */
export interface RemoveFinalizerOptions {
  /** The entry, as `"example.io/cleanup"`. */
  readonly finalizer: string;
  /**
   * Whether the API server only checks the removal.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Ends the requests.
   *
   * @default {undefined} Nothing does.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Adds a finalizer, and labels with it, unless the object has them.
 *
 * The entry is applied under the field manager `<manager>/finalizers`: neither
 * entries of others nor what the manager itself applies elsewhere are touched.
 * Labels that an earlier call applied and this one leaves out go with the next
 * request that is needed.
 *
 * An object that is being deleted takes no new finalizer, and one that is gone
 * is not made again. Both return without it: check {@linkcode hasFinalizer}
 * before making anything that has to be cleaned up.
 *
 * @example Keep an object until its files are gone
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { addFinalizer, Client, removeFinalizer } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 * const created = await configMaps.create({ metadata: key });
 *
 * const finalizer = "example.io/files";
 * const kept = await addFinalizer(configMaps, created, { finalizer });
 * await configMaps.delete(key);
 * assertEquals(await configMaps.exists(key), true);
 *
 * await removeFinalizer(configMaps, kept, { finalizer });
 * assertEquals(await configMaps.exists(key), false);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param object The object, as it was read.
 * @param options The entry, labels, signal.
 * @returns The object with the entry, or the given one without it if it is
 * being deleted or gone.
 * @throws {ApiError} If the API server refuses; a conflict names the labels
 * that another manager owns.
 */
export async function addFinalizer<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceClient<T, S>,
  object: T,
  { finalizer, labels, signal }: AddFinalizerOptions,
): Promise<T> {
  const { uid, labels: live = {} } = object.metadata;
  const isLabelled = Object.entries(labels ?? {})
    .every(([label, value]) => live[label] === value);
  const isDone = hasFinalizer(object, finalizer) && isLabelled;
  if (isDone || isBeingDeleted(object)) return object;
  const key = keyOf(object.metadata);
  const intent = { metadata: { ...key, finalizers: [finalizer], labels } };
  const fieldManager = `${resource.fieldManager}/finalizers`;
  try {
    // Every kind has this metadata, whatever else T requires.
    const applied = intent as unknown as ApplyConfiguration<T, S>;
    return await resource.apply(applied, { fieldManager, uid, signal });
  } catch (error) {
    if (isGone(error) || isTerminating(error)) return object;
    throw error;
  }
}

/**
 * Removes a finalizer; entries of others stay.
 *
 * A JSON patch tests that the object is the same and the entry is where it was
 * seen. If not, the object is read again, five times at most. An object
 * without the entry, and one that is gone, is fine.
 *
 * @example Let an object go
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, removeFinalizer } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * const key = { name: "app", namespace: "default" };
 * const finalizers = ["example.io/mine", "example.io/other"];
 * const object = await configMaps.create({ metadata: { ...key, finalizers } });
 *
 * await removeFinalizer(configMaps, object, { finalizer: "example.io/mine" });
 * const { metadata } = await configMaps.get(key) ?? object;
 * assertEquals(metadata.finalizers, ["example.io/other"]);
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param object The object, as it was read.
 * @param options The entry, dry run, signal.
 * @throws {ApiError} If the API server refuses.
 */
export async function removeFinalizer<
  T extends KubeObject<S>,
  S extends Scope,
>(
  resource: ResourceClient<T, S>,
  object: T,
  { finalizer, dryRun, signal }: RemoveFinalizerOptions,
): Promise<void> {
  const { uid } = object.metadata;
  const fieldManager = `${resource.fieldManager}/finalizers`;
  let { metadata } = object;
  for (let tries = 1;; tries++) {
    const index = metadata.finalizers?.indexOf(finalizer) ?? -1;
    if (index < 0) return;
    const path = `/metadata/finalizers/${index}`;
    const patch = jsonPatch([
      { op: "test", path: "/metadata/uid", value: uid },
      { op: "test", path, value: finalizer },
      { op: "remove", path },
    ]);
    try {
      await resource.patch(metadata, patch, { fieldManager, dryRun, signal });
      return;
    } catch (error) {
      if (isNotFound(error)) return;
      const isOutdated = isInvalid(error) || isConflict(error);
      if (!isOutdated || tries === maxTries) throw error;
      const live = await resource.get(metadata, { signal });
      if (live?.metadata.uid !== uid) return;
      // The tests hold, so it is the object itself that is invalid.
      const isThere = live.metadata.finalizers?.[index] === finalizer;
      if (isInvalid(error) && isThere) throw error;
      metadata = live.metadata;
    }
  }
}

/**
 * Whether an object has a finalizer.
 *
 * @example Look for an entry
 * ```ts
 * import { hasFinalizer } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const object = { metadata: { finalizers: ["example.io/files"] } };
 * assert(hasFinalizer(object, "example.io/files"));
 * ```
 *
 * @param object The object.
 * @param object.metadata Its metadata.
 * @param finalizer The entry.
 * @returns Whether it has.
 */
export function hasFinalizer(
  object: { readonly metadata: Pick<KubeObject["metadata"], "finalizers"> },
  finalizer: string,
): boolean {
  return object.metadata.finalizers?.includes(finalizer) ?? false;
}

/**
 * Whether the deletion of an object was asked for.
 *
 * @example Tell whether to clean up
 * ```ts
 * import { isBeingDeleted } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const deletionTimestamp = "2025-01-01T00:00:00Z";
 * assert(isBeingDeleted({ metadata: { deletionTimestamp } }));
 * assert(!isBeingDeleted({ metadata: {} }));
 * ```
 *
 * @param object The object.
 * @param object.metadata Its metadata.
 * @returns Whether it was.
 */
export function isBeingDeleted(
  object: {
    readonly metadata: Pick<KubeObject["metadata"], "deletionTimestamp">;
  },
): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** An apply with a uid: 409 without an object, 422 when it is another one. */
function isGone(error: unknown): boolean {
  return isConflict(error) && !isApplyConflict(error) ||
    isInvalid(error) &&
      causes(error).some(({ field }) => field === "metadata.uid");
}

/** The object was still alive when it was read. */
function isTerminating(error: unknown): boolean {
  return isInvalid(error) &&
    causes(error).some(({ field, reason }) =>
      field === "metadata.finalizers" && reason === "FieldValueForbidden"
    );
}

function causes(error: unknown): readonly StatusCause[] {
  return error instanceof ApiError ? error.details?.causes ?? [] : [];
}
