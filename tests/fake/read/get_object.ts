import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { internal } from "../http/status_errors.ts";
import { requireLive } from "../write/live_object.ts";
import { answerObject } from "./answer_object.ts";
import { reachRevision, revisionError } from "./revision.ts";

/**
 * Answers a GET of one object.
 *
 * @param context The request.
 * @returns 200 with the object.
 */
export async function getObject(context: RequestContext): Promise<Answer> {
  const { query, state } = context;
  const resourceVersion = query.get("resourceVersion") ?? "";
  const why = revisionError(resourceVersion);
  if (why !== undefined) throw internal(why);
  await reachRevision(state, Number(resourceVersion));
  const live = requireLive(context);
  const { conversion } = context.resource;
  if (conversion !== undefined) await conversion.readAnew(live.object);
  return await answerObject(context, live, STATUS_CODE.OK);
}
