import { STATUS_CODE } from "@std/http";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest, conflict, notFound } from "../http/status_errors.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { metadataOf } from "../object/object_meta.ts";
import { answerObject } from "../read/answer_object.ts";
import { resourceName } from "../resource/served_resource.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { admitted } from "./admitted.ts";
import { inNamespace } from "./in_namespace.ts";
import { createStored } from "./create_stored.ts";
import { decodeObject } from "./decode_object.ts";
import { fieldContext } from "./field_manager.ts";
import { findLive } from "./live_object.ts";
import { admitToNamespace } from "./namespace_admission.ts";
import { updateStored } from "./update_stored.ts";
import { ownedUpdate } from "./managed_versions.ts";
import { untilSettled } from "./until_settled.ts";
import { type WriteOptions, writeOptions } from "./write_options.ts";

/**
 * Answers a PUT: replaces an object, or makes it where its kind allows that.
 *
 * @param context The request.
 * @returns 200, or 201 if it is new, with the object.
 */
export async function updateObject(context: RequestContext): Promise<Answer> {
  const { resource, request } = context;
  const body = await parseBody(request, resource.kind);
  const options = writeOptions(context, "UpdateOptions");
  const decoded = await decodeObject(context, body, options);
  const schema = await resource.schema() ?? {};
  checkName(context, decoded);
  const next = inNamespace(context, decoded);
  return await untilSettled(() => replace(context, { next, schema, options }));
}

interface Replacement {
  readonly next: JsonObject;
  readonly schema: TypeSchema;
  readonly options: WriteOptions;
}

async function replace(
  context: RequestContext,
  { next, schema, options }: Replacement,
): Promise<Answer> {
  const { resource, info, state } = context;
  const live = findLive(context);
  if (live !== undefined && resource.conversion !== undefined) {
    await resource.conversion.readAnew(live.object);
  }
  const fields = fieldContext(context, { schema, manager: options.manager });
  const { dryRun } = options;
  if (live !== undefined) {
    checkUid(context, { live, next });
    const current = resource.fromStored(live.object);
    const made = await admitted(context, {
      operation: "UPDATE",
      object: resource.conversion === undefined
        ? updateManagedFields(current, next, fields)
        : await ownedUpdate(context, { live: current, next }, fields),
      oldObject: current,
    });
    const stored = await updateStored(context, { live, next: made, dryRun });
    return answerObject(context, stored, STATUS_CODE.OK);
  }
  const { createsOnUpdate } = resource.strategy;
  if (!createsOnUpdate || info.subresource !== "") {
    throw notFound(resourceName(resource), info.name);
  }
  admitToNamespace(state, resource, info);
  const made = await admitted(context, {
    operation: "CREATE",
    object: updateManagedFields(undefined, next, fields),
  });
  const updates = true;
  const stored = await createStored(context, made, { dryRun, schema, updates });
  return answerObject(context, stored, STATUS_CODE.Created);
}

/**
 * Checks that an object has the name of the request.
 *
 * @param context The request.
 * @param object The object.
 * @throws {StatusError} 400 if it has another or none.
 */
export function checkName(
  { info }: RequestContext,
  object: JsonObject,
): void {
  const { name = "" } = metadataOf(object);
  if (name === "") {
    throw badRequest(
      `the name of the object (${info.name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (name !== info.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  }
}

/** A PUT with a uid replaces only that object. */
function checkUid(
  { resource, info }: RequestContext,
  { live, next }: { readonly live: StoredObject; readonly next: JsonObject },
): void {
  const { uid: wanted } = metadataOf(next);
  const { uid } = metadataOf(live.object);
  if (!wanted || wanted === uid) return;
  const path = resource.strategy.custom ? resource.collection : resource.plural;
  throw conflict(resourceName(resource), {
    name: info.name,
    why:
      `StorageError: invalid object, Code: 4, Key: /registry/${path}/${live.key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid}`,
  });
}
