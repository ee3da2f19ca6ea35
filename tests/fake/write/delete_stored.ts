import { terminatingStatus } from "../crd/crd_status.ts";
import type { RequestContext } from "../http/request_context.ts";
import { equalJson } from "../merge/json_value.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { timestamp } from "../server_state.ts";
import { StoredObject } from "../store/stored_object.ts";
import type { DeleteOptions } from "./delete_options.ts";

/** What became of an object that was to be deleted. */
export interface Deletion {
  /** Its last state. */
  readonly stored: StoredObject;
  /** Whether it is gone, or still held by finalizers. */
  readonly isGone: boolean;
}

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

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
  options: Pick<DeleteOptions, "dryRun" | "propagation">,
): Deletion {
  const { object } = live;
  const meta = metadataOf(object);
  const at = { collection: resource.collection, key: live.key };
  const { cleanup } = resource.strategy;
  const former = meta.finalizers ?? [];
  const isNew = meta.deletionTimestamp === undefined;
  const finalizers = withPropagation(
    cleanup !== undefined && isNew ? [...former, cleanup] : former,
    options.propagation,
  );
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

/** The finalizers that stand for what becomes of dependents. */
function withPropagation(
  finalizers: readonly string[],
  propagation: DeleteOptions["propagation"],
): readonly string[] {
  if (propagation === undefined) return finalizers;
  const others = finalizers.filter((name) =>
    name !== FOREGROUND && name !== ORPHAN
  );
  if (propagation === "Foreground") return [...others, FOREGROUND];
  return propagation === "Orphan" ? [...others, ORPHAN] : others;
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
