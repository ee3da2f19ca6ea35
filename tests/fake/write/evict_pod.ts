import { STATUS_CODE } from "@std/http";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { admitCreation, isGuarded } from "../admission/admit.ts";
import { checkPreconditions } from "./delete_object.ts";
import { deleteStored } from "./delete_stored.ts";
import { spendBudget } from "./disruption_budget.ts";
import { requireLive } from "./live_object.ts";
import { ownedSubresource } from "./owned_subresource.ts";

/**
 * Answers an eviction: a deletion that disruption budgets may forbid, as
 * `pkg/registry/core/pod/storage/eviction.go` of Kubernetes does.
 *
 * @param context The request.
 * @returns 201 with a Status.
 * @throws {StatusError} 400, 404, 409, or 429 if a budget forbids it.
 */
export async function evictPod(context: RequestContext): Promise<Answer> {
  const { info, query } = context;
  const { object } = await parseBody(context.request, "Eviction");
  if (metadataOf(object).name !== info.name) {
    throw badRequest("name in URL does not match name in Eviction object");
  }
  const { deleteOptions } = await admittedEviction(context, object);
  const given = isObject(deleteOptions) ? deleteOptions : {};
  const wanted = isObject(given.preconditions) ? given.preconditions : {};
  const dryRun = query.has("dryRun") ||
    Array.isArray(given.dryRun) && given.dryRun.length > 0;
  const live = requireLive(context);
  if (!isOver(live.object)) {
    spendBudget(context, { pod: live.object, dryRun });
  }
  checkPreconditions(context, live, {
    uid: textOf(wanted.uid),
    resourceVersion: textOf(wanted.resourceVersion),
  });
  deleteStored(context, live, { dryRun, propagation: undefined });
  const json = JSON.stringify({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    code: STATUS_CODE.Created,
  });
  return { code: STATUS_CODE.Created, json, resourceVersion: "" };
}

/** Lets webhooks see the eviction, which they see instead of the deletion. */
async function admittedEviction(
  context: RequestContext,
  eviction: JsonObject,
): Promise<JsonObject> {
  const { namespace } = context.info;
  const type = { apiVersion: "policy/v1", kind: "Eviction" };
  const object = withMetadata({ ...type, ...eviction }, { namespace });
  const isSeen = isGuarded(context, "mutating") ||
    isGuarded(context, "validating");
  if (!isSeen) return object;
  const owned = await ownedSubresource(context, object);
  return await admitCreation(context, owned);
}

/** Whether a pod can go without being missed. */
function isOver(pod: JsonObject): boolean {
  const phase = String(valueAt(pod, ["status", "phase"]));
  return ["Succeeded", "Failed", "Pending"].includes(phase) ||
    metadataOf(pod).deletionTimestamp !== undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
