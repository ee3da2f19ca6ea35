import type { Kind } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";
import type { AdmissionRequest, Operation } from "./admission_request.ts";
import { writeReview } from "./admission_review.ts";
import { describeWebhook, readRequest } from "./admission_webhook.ts";
import { checkDecision } from "./check_decision.ts";
import type { Decision } from "./decision.ts";
import type {
  AdmissionWebhook,
  AdmissionWebhookOptions,
  ReviewReply,
} from "./webhook.ts";

/**
 * Judges a request.
 *
 * @typeParam T The type of the objects.
 * @typeParam Op The operations.
 */
export type ValidatingHandler<
  T extends KubeObject,
  Op extends Operation = "CREATE" | "UPDATE",
> = (request: AdmissionRequest<T, Op>) => Decision | Promise<Decision>;

/**
 * Makes a webhook that judges requests.
 *
 * A handler that throws, or returns something else, is answered with HTTP 500,
 * so that the `failurePolicy` of the configuration decides.
 *
 * @example Deny what is too big
 * ```ts
 * import { allow, deny, validatingWebhook } from "@koprs/koprs/admission";
 * import { Deployment } from "@koprs/koprs/builtin";
 * import { assertEquals } from "@std/assert";
 *
 * const webhook = validatingWebhook(Deployment, ({ object }) =>
 *   (object.spec?.replicas ?? 0) > 10
 *     ? deny("spec.replicas must not exceed 10")
 *     : allow());
 * assertEquals(webhook.path, "/validate/deployments.apps/v1");
 * ```
 *
 * @typeParam T The type of the objects.
 * @typeParam Op The operations.
 * @param kind The kind of the objects.
 * @param handler What judges.
 * @param options Operations, path, name, failure policy and the like.
 * @returns The webhook.
 * @throws {TypeError} If a name or path cannot be used.
 * @throws {RangeError} If the timeout cannot be used.
 */
export function validatingWebhook<
  T extends KubeObject,
  const Op extends Operation = "CREATE" | "UPDATE",
>(
  kind: Kind<T>,
  handler: ValidatingHandler<T, Op>,
  options: AdmissionWebhookOptions<Op> = {},
): AdmissionWebhook {
  const description = describeWebhook(kind, "validating", options);
  const { name, rules } = description;
  return Object.freeze(
    {
      ...description,
      review(body, context): ReviewReply | Promise<ReviewReply> {
        const request = readRequest<T, Op>(body, { kind, rules, context });
        const { uid } = request;
        const reply = (decision: Decision): ReviewReply => ({
          review: writeReview(uid, checkDecision(decision, name)),
          isDenied: !decision.allowed,
        });
        const decision = handler(request);
        return decision instanceof Promise
          ? decision.then(reply)
          : reply(decision);
      },
    } satisfies AdmissionWebhook,
  );
}
