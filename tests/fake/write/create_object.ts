import { STATUS_CODE } from "@std/http";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { forbidden } from "../http/status_errors.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { metadataOf } from "../object/object_meta.ts";
import { answerObject } from "../read/answer_object.ts";
import { resourceName } from "../resource/served_resource.ts";
import { admitted } from "./admitted.ts";
import {
  createStored,
  withGeneratedName,
  withoutSystemFields,
} from "./create_stored.ts";
import { decodeObject } from "./decode_object.ts";
import { fieldContext } from "./field_manager.ts";
import { inNamespace } from "./in_namespace.ts";
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
  const object = withoutSystemFields(inNamespace(context, decoded));
  const owned = updateManagedFields(
    undefined,
    object,
    fieldContext(context, { schema, manager: options.manager }),
  );
  const { namespace } = context.info;
  const { name = "" } = metadataOf(object);
  admitToNamespace(state, resource, { namespace, name });
  checkCreatable(context, name);
  const made = await admitted(context, {
    operation: "CREATE",
    object: owned,
  });
  const named = withGeneratedName(made, state.random);
  const stored = await createStored(context, named, { ...options, schema });
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
