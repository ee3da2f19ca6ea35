import { admitValidation, isGuarded } from "../admission/admit.ts";
import {
  conflict,
  internal,
  invalid,
  MODIFIED,
} from "../http/status_errors.ts";
import type { RequestContext } from "../http/request_context.ts";
import { equalJson } from "../merge/json_value.ts";
import { keepTimestamps } from "../merge/keep_timestamps.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import { valueAt } from "../object/field_path.ts";
import {
  kindName,
  resourceName,
  type ServedResource,
} from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { StoredObject } from "../store/stored_object.ts";
import { invalidValue } from "../validation/field_error.ts";
import { objectMetaUpdateErrors } from "../validation/object_meta_validation.ts";
import type { Change } from "../resource/strategy.ts";
import { dedupedOwners } from "./owner_references.ts";
import { noteLimits } from "../cel/note_limits.ts";
import { Overtaken } from "./until_settled.ts";
import { withoutUnknown } from "./without_unknown.ts";

/** A change of a stored object. */
export interface Update {
  /** The object as it is stored. */
  readonly live: StoredObject;
  /** The object as it shall be, in the version of the request. */
  readonly next: JsonObject;
  /** Whether it is only checked. */
  readonly dryRun: boolean;
  /**
   * What webhooks see of the object, as its scale.
   *
   * @default {identity} the object
   */
  readonly seenAs?: (object: JsonObject) => JsonObject;
}

/**
 * Checks and stores a changed object. Nothing happens if nothing changes; an
 * object whose last finalizer goes is removed.
 *
 * @param context The request.
 * @param update The change.
 * @returns The object to answer.
 * @throws {StatusError} 409, 422 or 500, or what a webhook says.
 * @throws {Overtaken} If the object has changed while webhooks were asked.
 */
export async function updateStored(
  context: RequestContext,
  update: Update,
): Promise<StoredObject> {
  const change = preparedForUpdate(context, update);
  if (isGuarded(context, "validating")) {
    const { seenAs = (object) => object } = update;
    await admitValidation(context, {
      operation: "UPDATE",
      object: seenAs(change.next),
      oldObject: seenAs(change.live),
    });
  }
  const { resource } = context;
  const kept = isGuarded(context, "mutating")
    ? await withoutUnknown(context, change.next)
    : change.next;
  const stored = resource.conversion === undefined
    ? resource.toStored(kept)
    : await resource.conversion.write(kept);
  return put(context, update, stored);
}

function preparedForUpdate(
  context: RequestContext,
  { live, next: wanted }: Update,
): Change {
  const { resource, info, warnings } = context;
  const { strategy } = resource;
  const { name } = info;
  checkResourceVersion(resource, live, wanted);
  const before = resource.fromStored(live.object);
  const change = {
    live: before,
    next: withMetadata(dedupedOwners(wanted, warnings), {
      resourceVersion: metadataOf(before).resourceVersion,
    }),
  };
  const prepared = keepServerFields(
    before,
    strategy.prepareForUpdate(change, info.subresource),
  );
  // Webhooks may have undone what made it another object.
  const next = isGuarded(context, "mutating")
    ? keepTimestamps(before, prepared)
    : prepared;
  const prospect = { live: before, next };
  const rules = {
    nameErrors: strategy.nameErrors,
    looseFinalizers: strategy.custom,
    checks: strategy.metadataChecks(info.subresource),
  };
  const errors = [
    ...objectMetaUpdateErrors(prospect, rules),
    ...strategy.validateUpdate(prospect, info.subresource),
  ];
  if (errors.length > 0) {
    throw invalid(kindName(resource, prepared), { name, errors });
  }
  if (info.subresource !== "status") {
    warnings.push(...strategy.warnings(prepared, before));
    noteLimits(context, strategy.limits(prepared));
  }
  return prospect;
}

function put(
  { resource, state }: RequestContext,
  { live, dryRun }: Update,
  stored: JsonObject,
): StoredObject {
  const now = state.store.collection(resource.collection).get(live.key);
  if (now !== live) throw new Overtaken();
  const at = { collection: resource.collection, key: live.key };
  if (isGone(stored)) {
    if (!dryRun) state.store.remove(at);
    return new StoredObject(live.key, stored, live.revision);
  }
  if (equalJson(stored, live.object)) return live;
  if (dryRun) return new StoredObject(live.key, stored, live.revision);
  return state.store.put(at, stored);
}

function checkResourceVersion(
  resource: ServedResource,
  live: StoredObject,
  next: JsonObject,
): void {
  const { resourceVersion = "", name = "" } = metadataOf(next);
  const of = resourceName(resource);
  if (resourceVersion === "" || resourceVersion === "0") {
    if (resource.strategy.updatesUnconditionally) return;
    const why = "must be specified for an update";
    const errors = [invalidValue("metadata.resourceVersion", 0, why)];
    throw invalid(of, { name, errors });
  }
  if (!/^\d+$/.test(resourceVersion)) {
    const quoted = JSON.stringify(resourceVersion);
    throw internal(`strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  }
  if (Number(resourceVersion) !== live.revision) {
    throw conflict(of, { name, why: MODIFIED });
  }
}

/** What a client cannot change, and what it may leave out. */
function keepServerFields(live: JsonObject, next: JsonObject): JsonObject {
  const before = metadataOf(live);
  const after = metadataOf(next);
  return withMetadata(next, {
    uid: after.uid || before.uid,
    creationTimestamp: before.creationTimestamp,
    deletionTimestamp: before.deletionTimestamp ?? after.deletionTimestamp,
    deletionGracePeriodSeconds: after.deletionGracePeriodSeconds ??
      before.deletionGracePeriodSeconds,
    selfLink: undefined,
  });
}

/** Whether an object is to be deleted and nothing holds it any more. */
function isGone(object: JsonObject): boolean {
  const { deletionTimestamp, finalizers = [] } = metadataOf(object);
  if (deletionTimestamp === undefined || finalizers.length > 0) return false;
  if (object.kind !== "Namespace" || object.apiVersion !== "v1") return true;
  const held = valueAt(object, ["spec", "finalizers"]);
  return !Array.isArray(held) || held.length === 0;
}
