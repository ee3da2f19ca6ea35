import type { RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";

/**
 * Fills in the namespace of the request.
 *
 * @param context The request.
 * @param object The object.
 * @returns The object in its namespace.
 * @throws {StatusError} 400 if the object names another.
 */
export function inNamespace(
  { resource, info }: RequestContext,
  object: JsonObject,
): JsonObject {
  const { namespace = "" } = metadataOf(object);
  const wanted = resource.namespaced ? info.namespace : "";
  if (namespace !== "" && namespace !== wanted) {
    throw badRequest(
      "the namespace of the provided object does not match the namespace sent on the request",
    );
  }
  return wanted === "" ? object : withMetadata(object, { namespace: wanted });
}
