import { STATUS_CODE } from "@std/http";
import { admitMutation, admitValidation } from "../admission/admit.ts";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { valueAt } from "../object/field_path.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import { answerObject } from "../read/answer_object.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { StoredObject } from "../store/stored_object.ts";
import { findLive, requireLive } from "./live_object.ts";
import { Overtaken, untilSettled } from "./until_settled.ts";
import { checkName } from "./update_object.ts";

/**
 * Answers a PUT that changes what holds a namespace.
 *
 * @param context The request.
 * @returns 200 with the namespace.
 */
export async function finalizeNamespace(
  context: RequestContext,
): Promise<Answer> {
  const { object } = await parseBody(context.request, "Namespace");
  checkName(context, object);
  return await untilSettled(() => finalize(context, object));
}

async function finalize(
  context: RequestContext,
  wanted: JsonObject,
): Promise<Answer> {
  const live = requireLive(context);
  const admission = { operation: "UPDATE", oldObject: live.object } as const;
  const type = { kind: live.object.kind, apiVersion: live.object.apiVersion };
  const object = await admitMutation(context, {
    ...admission,
    object: { ...wanted, ...type },
  });
  await admitValidation(context, { ...admission, object });
  if (findLive(context) !== live) throw new Overtaken();
  const held = valueAt(object, ["spec", "finalizers"]);
  const isFree = !Array.isArray(held) || held.length === 0;
  const next = { ...live.object, spec: isFree ? {} : { finalizers: held } };
  const { deletionTimestamp, finalizers = [] } = metadataOf(next);
  const { store } = context.state;
  const at = { collection: "namespaces", key: live.key };
  if (isFree && deletionTimestamp !== undefined && finalizers.length === 0) {
    store.remove(at);
    const { resourceVersion } = metadataOf(live.object);
    const last = withMetadata(next, { resourceVersion });
    const stored = new StoredObject(live.key, last, live.revision);
    return answerObject(context, stored, STATUS_CODE.OK);
  }
  return answerObject(context, store.put(at, next), STATUS_CODE.OK);
}
