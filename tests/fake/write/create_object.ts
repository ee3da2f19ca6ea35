import { STATUS_CODE } from "@std/http";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest, forbidden } from "../http/status_errors.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import { answerObject } from "../read/answer_object.ts";
import { resourceName } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  createStored,
  withGeneratedName,
  withoutSystemFields,
} from "./create_stored.ts";
import { decodeObject } from "./decode_object.ts";
import { fieldContext } from "./field_manager.ts";
import { admitToNamespace } from "./namespace_admission.ts";
import { writeOptions } from "./write_options.ts";

/**
 * Answers a POST: makes an object.
 *
 * @param context The request.
 * @returns 201 with the object.
 */
export async function createObject(context: RequestContext): Promise<Answer> {
  const { resource, state, request } = context;
  const body = await parseBody(request, resource.kind);
  const options = writeOptions(context, "CreateOptions");
  const decoded = await decodeObject(context, body, options);
  const schema = await resource.schema() ?? {};
  const object = withGeneratedName(
    withoutSystemFields(inNamespace(context, decoded)),
    state.random,
  );
  const owned = updateManagedFields(
    undefined,
    object,
    fieldContext(context, { schema, manager: options.manager }),
  );
  const { namespace } = context.info;
  const { name = "" } = metadataOf(object);
  admitToNamespace(state, resource, { namespace, name });
  checkCreatable(context, name);
  const stored = createStored(context, owned, { ...options, schema });
  return answerObject(context, stored, STATUS_CODE.Created);
}

/**
 * Checks that a CRD lets objects be made.
 *
 * @param context The request.
 * @param name Name of the object.
 * @throws {StatusError} 403 if its CRD is being deleted.
 */
export function checkCreatable(context: RequestContext, name: string): void {
  const { resource } = context;
  const why = resource.createBlocked;
  if (why !== undefined) throw forbidden(resourceName(resource), { name, why });
}

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
