import { STATUS_CODE } from "@std/http";
import { type Kind, kindId } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";
import type { AdmissionRequest, Operation } from "./admission_request.ts";
import { readReview, type ReviewRequest } from "./admission_review.ts";
import { Refusal } from "./refusal.ts";
import type {
  AdmissionWebhook,
  AdmissionWebhookOptions,
  ReviewContext,
} from "./webhook.ts";
import { checkPath, checkTimeout, checkWebhookName } from "./webhook_names.ts";

const DEFAULT_OPERATIONS: readonly Operation[] = ["CREATE", "UPDATE"];

/** What a webhook of either type says about itself. */
export type WebhookDescription = Omit<AdmissionWebhook, "review">;

/**
 * Completes what is said about a webhook.
 *
 * @param kind The kind of its objects.
 * @param type Whether it changes them.
 * @param options What is set by hand.
 * @returns The description.
 * @throws {TypeError} If a name or path cannot be used.
 * @throws {RangeError} If the timeout cannot be used.
 */
export function describeWebhook(
  kind: Kind<unknown>,
  type: "validating" | "mutating",
  options: AdmissionWebhookOptions<Operation>,
): WebhookDescription {
  const { operations = DEFAULT_OPERATIONS, timeout = 10_000 } = options;
  const verb = type === "validating" ? "validate" : "mutate";
  const isAny = kind.plural === "*";
  const path = options.path ??
    (isAny ? `/${verb}` : `/${verb}/${kindId(kind)}`);
  const subject = isAny ? "any" : kind.plural;
  const name = options.name ??
    `${verb}.${subject}.${kind.group.replace("*", "") || "core"}`;
  const resources = options.rules ?? [{
    apiGroups: [kind.group],
    apiVersions: [kind.version],
    resources: [kind.plural],
    scope: isAny ? "*" as const : kind.scope,
  }];
  return {
    type,
    path: checkPath(path),
    name: checkWebhookName(name),
    timeout: checkTimeout(timeout, path),
    rules: resources.map((rule) => ({ ...rule, operations })),
    failurePolicy: options.failurePolicy ?? "Fail",
    sideEffects: options.sideEffects ?? "None",
    matchConditions: options.matchConditions ?? [],
  };
}

/**
 * Reads a review that is for a webhook, or refuses.
 *
 * The configuration decides what the API server asks; where it asks for more
 * than the handler was written for, the handler is not called.
 *
 * @typeParam T The type of the objects.
 * @typeParam Op The operations.
 * @param body The parsed body.
 * @param options The kind, the operations and the deadline.
 * @returns The uid, and the request for the handler.
 * @throws {Refusal} If it is not for the webhook.
 */
export function readRequest<T extends KubeObject, Op extends Operation>(
  body: unknown,
  options: {
    readonly kind: Kind<T>;
    readonly rules: AdmissionWebhook["rules"];
    readonly context: ReviewContext;
  },
): AdmissionRequest<T, Op> {
  const { kind, rules, context } = options;
  const request = readReview(body, context);
  checkResource(request, kind);
  checkOperation(request, rules[0]?.operations ?? []);
  // From here on the API server vouches for the type of the objects.
  return request as unknown as AdmissionRequest<T, Op>;
}

function checkResource({ resource }: ReviewRequest, kind: Kind<unknown>): void {
  if (kind.plural === "*") return;
  const { group, version, resource: plural } = resource;
  if (
    plural === kind.plural && group === kind.group && version === kind.version
  ) return;
  throw new Refusal(
    STATUS_CODE.BadRequest,
    `This path reviews ${kindId(kind)}, not ${
      kindId({ group, version, plural })
    }: correct the rules of the webhook configuration`,
  );
}

function checkOperation(
  { operation, object, oldObject }: ReviewRequest,
  operations: readonly Operation[],
): void {
  if (!operations.includes(operation)) {
    throw new Refusal(
      STATUS_CODE.BadRequest,
      `This path does not review ${operation}, only ${
        operations.join(", ")
      }: correct the rules of the webhook configuration`,
    );
  }
  const isMissing = operation === "DELETE"
    ? oldObject === undefined
    : operation !== "CONNECT" && object === undefined;
  if (!isMissing) return;
  throw new Refusal(
    STATUS_CODE.BadRequest,
    `The AdmissionReview has no object for ${operation}`,
  );
}
