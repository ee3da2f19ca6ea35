import type { RequestContext } from "../http/request_context.ts";
import type { AdmissionAttributes } from "./admission_attributes.ts";
import { matchWebhook } from "./match_webhook.ts";
import { failure, reviewObject } from "./review_object.ts";
import { webhooksOf } from "./webhook.ts";

const ANNOTATION = "failed-open.validating.webhook.admission.k8s.io/";

/**
 * Asks all validating webhooks about a request at the same time, as the
 * dispatcher of the ValidatingAdmissionWebhook plugin does.
 *
 * @param context The request.
 * @param attributes What it does.
 * @throws {StatusError} What the first says that denies the request, or fails
 * and must not, when all have answered.
 */
export async function validateObject(
  context: RequestContext,
  attributes: AdmissionAttributes,
): Promise<void> {
  const { state, notes } = context;
  const asked = webhooksOf(state.store, "validating").flatMap((webhook) => {
    const resource = matchWebhook(state, webhook, attributes);
    return resource === undefined ? [] : [{ webhook, resource }];
  });
  const failures: Error[] = [];
  await Promise.all(asked.map(async ({ webhook, resource }, index) => {
    try {
      const question = { type: "validating", attributes, resource } as const;
      await reviewObject(context, webhook, question);
    } catch (error) {
      const failed = failure(webhook, error);
      if (failed !== undefined) failures.push(failed);
      else {
        notes.auditAnnotations = {
          ...notes.auditAnnotations,
          [`${ANNOTATION}round_0_index_${index}`]: webhook.name,
        };
      }
    }
  }));
  const [first] = failures;
  if (first !== undefined) throw first;
}
