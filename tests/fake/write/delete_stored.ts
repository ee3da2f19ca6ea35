import { terminatingStatus } from "../crd/crd_status.ts";
import type { RequestContext } from "../http/request_context.ts";
import { equalJson } from "../merge/json_value.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { timestamp } from "../server_state.ts";
import { StoredObject } from "../store/stored_object.ts";
import { deleteGracefully, type Deletion } from "./delete_gracefully.ts";
import type { DeleteOptions } from "./delete_options.ts";
import { propagationFinalizers } from "./propagation_finalizers.ts";

/** What is asked for. */
export type DeletionOptions =
  & Pick<DeleteOptions, "dryRun" | "propagation">
  & Partial<Pick<DeleteOptions, "gracePeriod">>
  & {
    /** Whether it is only marked where that comes first. @default false */
    readonly stays?: boolean;
  };

/**
 * Deletes an object, or marks it if finalizers hold it.
 *
 * @param context The request.
 * @param live The object.
 * @param options What is asked for.
 * @returns What became of it.
 */
export function deleteStored(
  { resource, state }: Pick<RequestContext, "resource" | "state">,
  live: StoredObject,
  options: DeletionOptions,
): Deletion {
  const { object } = live;
  const meta = metadataOf(object);
  const at = { collection: resource.collection, key: live.key };
  const { cleanup } = resource.strategy;
  const former = meta.finalizers ?? [];
  const isNew = meta.deletionTimestamp === undefined;
  const finalizers = propagationFinalizers(
    cleanup !== undefined && isNew ? [...former, cleanup] : former,
    options.propagation,
  );
  const { gracePeriod } = resource.strategy;
  if (gracePeriod !== undefined) {
    const seconds = gracePeriod(object, options.gracePeriod);
    return deleteGracefully(state, live, {
      ...at,
      ...options,
      finalizers,
      seconds,
    });
  }
  const isNamespace = resource.collection === "namespaces";
  if (finalizers.length === 0 && !isHeldNamespace(isNamespace, object)) {
    if (options.dryRun) return { stored: live, isGone: true };
    return { stored: state.store.remove(at) ?? live, isGone: true };
  }
  const { deletionTimestamp, generation = 0 } = meta;
  const started = deletionTimestamp !== undefined;
  const marked = withMetadata(object, {
    finalizers: finalizers.length > 0 ? finalizers : undefined,
    deletionTimestamp: deletionTimestamp ?? timestamp(state),
    ...isNamespace || cleanup !== undefined ? {} : {
      deletionGracePeriodSeconds: meta.deletionGracePeriodSeconds ?? 0,
    },
    ...started || generation === 0 || cleanup !== undefined
      ? {}
      : { generation: generation + 1 },
  });
  const isCrd = cleanup !== undefined && isNew;
  const next = isNamespace
    ? terminating(marked)
    : isCrd
    ? { ...marked, status: terminatingStatus(object, timestamp(state)) }
    : marked;
  if (equalJson(next, object)) return { stored: live, isGone: false };
  if (options.dryRun) {
    const stored = new StoredObject(live.key, next, live.revision);
    return { stored, isGone: false };
  }
  return { stored: state.store.put(at, next), isGone: false };
}

function isHeldNamespace(isNamespace: boolean, { spec }: JsonObject): boolean {
  if (!isNamespace || typeof spec !== "object" || spec === null) return false;
  return "finalizers" in spec && Array.isArray(spec.finalizers) &&
    spec.finalizers.length > 0;
}

function terminating(namespace: JsonObject): JsonObject {
  const { status } = namespace;
  const former = typeof status === "object" ? status : {};
  return { ...namespace, status: { ...former, phase: "Terminating" } };
}
