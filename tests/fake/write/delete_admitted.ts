import { isGuarded } from "../admission/admit.ts";
import type { RequestContext } from "../http/request_context.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { admitDeletion } from "./admit_deletion.ts";
import type { Deletion } from "./delete_gracefully.ts";
import type { DeleteOptions } from "./delete_options.ts";
import { deleteStored } from "./delete_stored.ts";

/**
 * Deletes an object if the webhooks let it go. Where an object is marked before
 * it goes, as a Pod is, they are asked again when it is.
 *
 * @param context The request.
 * @param live The object.
 * @param options What is asked for.
 * @returns What became of it.
 * @throws {StatusError} If a webhook denies it, or fails and must not.
 * @throws {Overtaken} If the object has changed meanwhile.
 */
export async function deleteAdmitted(
  context: RequestContext,
  live: StoredObject,
  options: DeleteOptions,
): Promise<Deletion> {
  const { resource, state } = context;
  await admitDeletion(context, live, options);
  const isMarkedFirst = resource.strategy.gracePeriod !== undefined &&
    !options.dryRun &&
    (isGuarded(context, "mutating") || isGuarded(context, "validating"));
  if (!isMarkedFirst) return deleteStored(context, live, options);
  const marked = deleteStored(context, live, { ...options, stays: true });
  if (!marked.isGone) return marked;
  await admitDeletion(context, marked.stored, options);
  const at = { collection: resource.collection, key: live.key };
  return { stored: state.store.remove(at) ?? marked.stored, isGone: true };
}
