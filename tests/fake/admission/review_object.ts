import { conditionsLimit } from "../cel/cel_limits.ts";
import { noteLimits } from "../cel/note_limits.ts";
import type { RequestContext } from "../http/request_context.ts";
import { StatusError } from "../http/status_error.ts";
import { badRequest, internalError } from "../http/status_errors.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { goQuote } from "../validation/field_error.ts";
import { callWebhook } from "../webhook/call_webhook.ts";
import { WebhookCallError } from "../webhook/webhook_call_error.ts";
import type { AdmissionAttributes } from "./admission_attributes.ts";
import { admissionReview, type Invocation } from "./admission_review.ts";
import { convertBetween } from "./convert_between.ts";
import { denial } from "./denial.ts";
import { readVerdict, type Verdict } from "./read_verdict.ts";
import type { Webhook, WebhookType } from "./webhook.ts";

/** A question to one webhook. */
export interface Question {
  /** The type of the webhook. */
  readonly type: WebhookType;
  /** The request. */
  readonly attributes: AdmissionAttributes;
  /** The resource in the version in which the webhook is asked. */
  readonly resource: ServedResource;
}

/** What a webhook says, and about what. */
export interface Reviewed extends Verdict {
  /** The object, as the webhook saw it. */
  readonly object: JsonObject | undefined;
}

const NO_SIDE_EFFECTS = ["None", "NoneOnDryRun"];

/**
 * Asks one webhook about a request.
 *
 * @param context The request.
 * @param webhook The webhook.
 * @param question How it is asked.
 * @returns What it says; the request may go on.
 * @throws {StatusError} If it denies the request, or knows no dry run.
 * @throws {WebhookCallError} If it fails.
 */
export async function reviewObject(
  context: RequestContext,
  webhook: Webhook,
  { type, attributes, resource }: Question,
): Promise<Reviewed> {
  const { state, warnings, notes } = context;
  const { name, clientConfig, sideEffects, timeoutSeconds } = webhook;
  const { matchConditions = [] } = webhook;
  if (matchConditions.length > 0) noteLimits(context, [conditionsLimit(name)]);
  if (attributes.dryRun && !NO_SIDE_EFFECTS.includes(sideEffects)) {
    throw badRequest(
      `admission webhook ${goQuote(name)} does not support dry run`,
    );
  }
  const see = (object: JsonObject | undefined) =>
    object && convertBetween(attributes, resource, object);
  const version = webhook.admissionReviewVersions.find(isReviewVersion);
  if (version === undefined) {
    throw new WebhookCallError(
      "could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)",
    );
  }
  const invocation: Invocation = {
    uid: state.random.uid(),
    version,
    resource,
    object: await see(attributes.object),
    oldObject: await see(attributes.oldObject),
  };
  const review = await callWebhook(state, {
    config: clientConfig,
    review: admissionReview(attributes, invocation),
    timeout: timeoutSeconds,
  }).catch((error) => {
    throw new WebhookCallError(`failed to call webhook: ${error.message}`);
  });
  const verdict = readVerdict(review, invocation, type);
  for (const [key, value] of Object.entries(verdict.auditAnnotations)) {
    notes.auditAnnotations = {
      ...notes.auditAnnotations,
      [`${name}/${key}`]: value,
    };
  }
  warnings.push(...verdict.warnings);
  if (!verdict.allowed) throw denial(name, verdict.status);
  return { ...verdict, object: invocation.object };
}

function isReviewVersion(version: string): version is Invocation["version"] {
  return version === "v1" || version === "v1beta1";
}

/**
 * Makes the answer to a request that a webhook could not judge.
 *
 * @param webhook The webhook.
 * @param error Why.
 * @returns The failure; `undefined` if the webhook may fail.
 */
export function failure(
  { name, failurePolicy }: Webhook,
  error: unknown,
): Error | undefined {
  if (error instanceof StatusError) return error;
  if (!(error instanceof WebhookCallError)) {
    return internalError(error instanceof Error ? error.message : `${error}`);
  }
  if (failurePolicy === "Ignore") return undefined;
  const text = `failed calling webhook ${goQuote(name)}: ${error.message}`;
  return internalError(text);
}
