import { noteLimits } from "../cel/note_limits.ts";
import type { RequestContext } from "../http/request_context.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  type Admission,
  type AdmissionAttributes,
  admissionAttributes,
} from "./admission_attributes.ts";
import { boundPolicies, hasPolicies } from "./bound_policies.ts";
import { mutateObject } from "./mutate_object.ts";
import { validateObject } from "./validate_object.ts";
import { hasWebhooks, type WebhookType } from "./webhook.ts";

/**
 * Lets the mutating webhooks change an object that is about to be written.
 *
 * @param context The request.
 * @param admission What it does.
 * @returns The object, still to be checked; the same if there is no webhook.
 * @throws {StatusError} If one denies the request, or fails and must not.
 */
export async function admitMutation<O extends JsonObject | undefined>(
  context: RequestContext,
  admission: Admission & { readonly object?: O },
): Promise<O> {
  const attributes = asked(context, admission, "mutating");
  const { object } = admission;
  if (attributes === undefined) return object as O;
  // The webhooks change an object, but whether there is one.
  return await mutateObject(context, attributes) as O;
}

/**
 * Lets the validating webhooks judge a request whose object has been checked.
 *
 * @param context The request.
 * @param admission What it does.
 * @throws {StatusError} If one denies the request, or fails and must not.
 */
export async function admitValidation(
  context: RequestContext,
  admission: Admission,
): Promise<void> {
  const attributes = asked(context, admission, "validating");
  if (attributes === undefined) return;
  const { state } = context;
  if (hasPolicies(state.store)) {
    noteLimits(context, boundPolicies(state, attributes));
  }
  await validateObject(context, attributes);
}

/**
 * Lets all webhooks see an object that is answered and never stored, as an
 * eviction or a review.
 *
 * @param context The request.
 * @param object The object.
 * @returns The object as the webhooks make it.
 * @throws {StatusError} If one denies the request, or fails and must not.
 */
export async function admitCreation(
  context: RequestContext,
  object: JsonObject,
): Promise<JsonObject> {
  const operation = "CREATE";
  const made = await admitMutation(context, { operation, object });
  await admitValidation(context, { operation, object: made });
  return made;
}

/**
 * Lets all webhooks judge a connection to a Pod.
 *
 * @param context The request.
 * @param object The options of the connection.
 * @throws {StatusError} If one denies the request, or fails and must not.
 */
export async function admitConnection(
  context: RequestContext,
  object: JsonObject,
): Promise<void> {
  const operation = "CONNECT";
  const made = await admitMutation(context, { operation, object });
  await admitValidation(context, { operation, object: made });
}

/**
 * Tells whether webhooks of a type, or policies, may have to be asked: cheap,
 * for the many servers without any.
 *
 * @param context The request.
 * @param type The type.
 * @returns Whether there are any that could be asked.
 */
export function isGuarded(
  { state, resource }: RequestContext,
  type: WebhookType,
): boolean {
  const { store } = state;
  const has = hasWebhooks(store, type) ||
    type === "validating" && hasPolicies(store);
  return has && !isExempt(resource);
}

function asked(
  context: RequestContext,
  admission: Admission,
  type: WebhookType,
): AdmissionAttributes | undefined {
  if (!isGuarded(context, type)) return undefined;
  return admissionAttributes(context, admission);
}

/** What configures admission is not subject to it. */
function isExempt({ group }: RequestContext["resource"]): boolean {
  return group === "admissionregistration.k8s.io";
}
