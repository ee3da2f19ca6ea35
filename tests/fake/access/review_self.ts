import { STATUS_CODE } from "@std/http";
import { admitValidation } from "../admission/admit.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { decodeReview } from "./review_access.ts";

/**
 * Answers who sends the request, as `kubectl auth whoami` asks.
 *
 * @param context The request.
 * @returns 201 with a SelfSubjectReview.
 */
export async function reviewSelf(context: RequestContext): Promise<Answer> {
  const { name: username, groups } = context.user;
  const review = await decodeReview(context);
  await admitValidation(context, { operation: "CREATE", object: review });
  const status = { userInfo: { username, groups } };
  const json = JSON.stringify({ ...review, status });
  return { code: STATUS_CODE.Created, json, resourceVersion: "" };
}
