import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { conflict } from "../http/status_errors.ts";
import { metadataOf } from "../object/object_meta.ts";
import { answerObject } from "../read/answer_object.ts";
import { kindName } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { deleteAdmitted } from "./delete_admitted.ts";
import { type DeleteOptions, deleteOptions } from "./delete_options.ts";
import { requireLive } from "./live_object.ts";
import { admitDelete } from "./namespace_admission.ts";
import { untilSettled } from "./until_settled.ts";

/**
 * Answers a DELETE of one object.
 *
 * @param context The request.
 * @returns 200 with a Status if it is gone, with the object if it is held, or
 * where its kind answers that; 202 if it is held against an old option.
 */
export async function deleteObject(context: RequestContext): Promise<Answer> {
  const options = await deleteOptions(context);
  admitDelete(context.resource, context.info.name);
  return await untilSettled(() => deleteLive(context, options));
}

async function deleteLive(
  context: RequestContext,
  options: DeleteOptions,
): Promise<Answer> {
  const { resource } = context;
  const live = requireLive(context);
  checkPreconditions(context, live, options);
  const { stored, isGone } = await deleteAdmitted(context, live, options);
  if (!isGone) {
    const code = options.orphansForbidden
      ? STATUS_CODE.Accepted
      : STATUS_CODE.OK;
    return answerObject(context, stored, code);
  }
  if (resource.strategy.answersDeleted) {
    return answerObject(context, stored, STATUS_CODE.OK);
  }
  const { uid } = metadataOf(live.object);
  const json = JSON.stringify(success(context, uid ?? ""));
  return { code: STATUS_CODE.OK, json, resourceVersion: "" };
}

function success(
  { resource, info }: RequestContext,
  uid: string,
): JsonObject {
  const { group, plural } = resource;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: {
      name: info.name,
      ...group === "" ? {} : { group },
      kind: plural,
      uid,
    },
  };
}

/**
 * Checks that the object is the one that is meant.
 *
 * @param context The request.
 * @param live The object.
 * @param wanted Uid and resourceVersion it must have.
 * @throws {StatusError} 409 if it has another.
 */
export function checkPreconditions(
  { resource, info }: RequestContext,
  live: StoredObject,
  wanted: Pick<DeleteOptions, "uid" | "resourceVersion">,
): void {
  const { uid = "", resourceVersion = "" } = metadataOf(live.object);
  const { name } = info;
  const of = kindName(resource);
  if (wanted.uid !== undefined && wanted.uid !== uid) {
    const why =
      `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict(of, { name, why });
  }
  const { resourceVersion: version } = wanted;
  if (version !== undefined && version !== resourceVersion) {
    const why =
      `the ResourceVersion in the precondition (${version}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict(of, { name, why });
  }
}
