import {
  admitMutation,
  admitValidation,
  isGuarded,
} from "../admission/admit.ts";
import type { RequestContext } from "../http/request_context.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { StoredObject } from "../store/stored_object.ts";
import type { DeleteOptions } from "./delete_options.ts";
import { Overtaken } from "./until_settled.ts";

/**
 * Asks the webhooks whether an object may be deleted.
 *
 * @param context The request.
 * @param live The object.
 * @param options What is asked for.
 * @throws {StatusError} If one denies it, or fails and must not.
 * @throws {Overtaken} If the object has changed meanwhile.
 */
export async function admitDeletion(
  context: RequestContext,
  live: StoredObject,
  { given, gracePeriod }: Pick<DeleteOptions, "given" | "gracePeriod">,
): Promise<void> {
  const isAsked = isGuarded(context, "mutating") ||
    isGuarded(context, "validating");
  const { resource, state } = context;
  if (!isAsked && resource.conversion === undefined) return;
  await resource.conversion?.readAnew(live.object);
  const seconds = resource.strategy.gracePeriod?.(live.object, gracePeriod);
  const admission = {
    operation: "DELETE",
    oldObject: resource.fromStored(live.object),
    options: {
      ...given,
      ...pinned(context, live),
      ...seconds === undefined ? {} : { gracePeriodSeconds: seconds },
      kind: "DeleteOptions",
      apiVersion: "meta.k8s.io/v1",
    },
  } as const;
  await admitMutation(context, admission);
  await admitValidation(context, admission);
  const now = state.store.collection(resource.collection).get(live.key);
  if (now !== live) throw new Overtaken();
}

/** What holds others is deleted only if it is still the same. */
function pinned(
  { resource }: RequestContext,
  { object }: StoredObject,
): JsonObject {
  const { uid } = metadataOf(object);
  return resource.strategy.cleanup === undefined &&
      resource.collection !== "namespaces"
    ? {}
    : { preconditions: { uid } };
}
