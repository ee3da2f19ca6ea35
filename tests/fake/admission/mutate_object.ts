import type { RequestContext } from "../http/request_context.ts";
import { internalError } from "../http/status_errors.ts";
import { equalJson } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { goQuote } from "../validation/field_error.ts";
import type { AdmissionAttributes } from "./admission_attributes.ts";
import { applyVerdict } from "./apply_verdict.ts";
import { matchWebhook } from "./match_webhook.ts";
import { failure, type Question, reviewObject } from "./review_object.ts";
import { type Webhook, webhooksOf } from "./webhook.ts";

/** Whether a webhook has changed the object, or failed where it may. */
interface Outcome {
  readonly object: JsonObject | undefined;
  readonly changed: boolean;
}

const ANNOTATION = "mutation.webhook.admission.k8s.io/";

/**
 * Sends an object through the mutating webhooks, one after the other, as the
 * dispatcher of the MutatingAdmissionWebhook plugin does: those that want it
 * are asked once more if another has changed the object after them.
 *
 * @param context The request.
 * @param attributes What it does.
 * @returns The object as they make it.
 * @throws {StatusError} If one denies the request, or fails and must not.
 */
export async function mutateObject(
  context: RequestContext,
  attributes: AdmissionAttributes,
): Promise<JsonObject | undefined> {
  const webhooks = webhooksOf(context.state.store, "mutating");
  const invoked = new Set<string>();
  const again = new Set<string>();
  let { object } = attributes;
  let round = 0;
  const pass = async (): Promise<boolean> => {
    let isChanged = false;
    for (const [index, webhook] of webhooks.entries()) {
      const now = object === undefined ? attributes : { ...attributes, object };
      const resource = matchWebhook(context.state, webhook, now);
      if (resource === undefined) continue;
      if (round > 0 && !again.has(webhook.uid)) continue;
      const question = { type: "mutating", attributes: now, resource } as const;
      const place = `round_${round}_index_${index}`;
      const outcome = await ask(context, webhook, { ...question, place });
      object = outcome.object;
      if (outcome.changed) {
        isChanged = true;
        for (const uid of invoked) again.add(uid);
        invoked.clear();
      }
      if (webhook.reinvocationPolicy === "IfNeeded") invoked.add(webhook.uid);
    }
    return isChanged;
  };
  if (await pass()) {
    round++;
    await pass();
  }
  return object;
}

async function ask(
  context: RequestContext,
  webhook: Webhook,
  question: Question & { readonly place: string },
): Promise<Outcome> {
  const { attributes, place } = question;
  const { name, configuration } = webhook;
  let outcome: Outcome = { object: attributes.object, changed: false };
  const note = (key: string, value: string) => {
    const { notes } = context;
    notes.auditAnnotations = { ...notes.auditAnnotations, [key]: value };
  };
  try {
    outcome = await changed(context, webhook, question);
  } catch (error) {
    const failed = failure(webhook, error);
    if (failed !== undefined) throw failed;
    note(`failed-open.${ANNOTATION}${place}`, name);
  } finally {
    const { changed: mutated } = outcome;
    const said = { configuration, webhook: name, mutated };
    note(`${ANNOTATION}${place}`, JSON.stringify(said));
  }
  return outcome;
}

async function changed(
  context: RequestContext,
  webhook: Webhook,
  question: Question,
): Promise<Outcome> {
  const { object } = question.attributes;
  const reviewed = await reviewObject(context, webhook, question);
  if (reviewed.patch === "") return { object, changed: false };
  const patched = await applyVerdict(context, reviewed, question);
  if (patched === undefined) {
    throw internalError(
      `admission webhook ${
        goQuote(webhook.name)
      } attempted to modify the object, which is not supported for this operation`,
    );
  }
  return { object: patched, changed: !equalJson(object, patched) };
}
