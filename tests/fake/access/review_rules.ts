import { STATUS_CODE } from "@std/http";
import { admitValidation } from "../admission/admit.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import { isObject } from "../merge/json_value.ts";
import type { PolicyRule } from "./policy_rule.ts";
import { decodeReview } from "./review_access.ts";

/**
 * Answers what the sender may do in a namespace: a SelfSubjectRulesReview.
 *
 * @param context The request.
 * @returns 201 with the review and its status.
 */
export async function reviewRules(context: RequestContext): Promise<Answer> {
  const { state, user } = context;
  const review = await decodeReview(context);
  const { namespace = "" } = isObject(review.spec) ? review.spec : {};
  if (typeof namespace !== "string" || namespace === "") {
    throw badRequest("no namespace on request");
  }
  await admitValidation(context, { operation: "CREATE", object: review });
  const rules = state.access.rules(user, namespace);
  const status = {
    resourceRules: rules.filter(({ resources }) => isFilled(resources)),
    nonResourceRules: rules.filter((rule) => isFilled(rule.nonResourceURLs))
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
  // The server does not repeat the namespace.
  const json = JSON.stringify({ ...review, spec: {}, status });
  return { code: STATUS_CODE.Created, json, resourceVersion: "" };
}

function isFilled(list: PolicyRule["resources"]): boolean {
  return (list ?? []).length > 0;
}
