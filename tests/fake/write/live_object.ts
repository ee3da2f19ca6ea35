import type { RequestContext } from "../http/request_context.ts";
import { notFound } from "../http/status_errors.ts";
import { keyOf, resourceName } from "../resource/served_resource.ts";
import type { StoredObject } from "../store/stored_object.ts";

/**
 * Finds the object that a request names.
 *
 * @param context The request.
 * @returns The object; `undefined` if there is none.
 */
export function findLive(
  { resource, info, state }: RequestContext,
): StoredObject | undefined {
  const key = keyOf(resource.namespaced ? info.namespace : "", info.name);
  return state.store.collection(resource.collection).get(key);
}

/**
 * Finds the object that a request names.
 *
 * @param context The request.
 * @returns The object.
 * @throws {StatusError} 404 if there is none.
 */
export function requireLive(context: RequestContext): StoredObject {
  const live = findLive(context);
  if (live !== undefined) return live;
  throw notFound(resourceName(context.resource), context.info.name);
}
