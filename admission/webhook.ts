import type { CustomKind } from "../core/kind/custom_kind.ts";
import type { Operation } from "./admission_request.ts";

/** What a webhook is given besides the review. */
export interface ReviewContext {
  /** Aborts when the API server will soon wait no longer. */
  readonly signal: AbortSignal;
}

/** What a webhook answers. */
export interface ReviewReply {
  /** The review to send, as JSON. */
  readonly review: object;
  /** Whether somebody's request was denied. */
  readonly isDenied: boolean;
}

/**
 * Something that the API server calls: {@linkcode validatingWebhook},
 * {@linkcode mutatingWebhook} and {@linkcode conversionWebhook} make it.
 */
export interface Webhook {
  /** Path of its URL. */
  readonly path: string;
  /** How long the API server may wait, in milliseconds. */
  readonly timeout: number;
  /**
   * Answers a review.
   *
   * @param body The parsed body of the request.
   * @param context The deadline.
   * @returns The answer; throws or rejects where there is none.
   */
  review(
    body: unknown,
    context: ReviewContext,
  ): ReviewReply | Promise<ReviewReply>;
}

/** A webhook that judges requests, or changes their objects. */
export interface AdmissionWebhook extends Webhook {
  /** Whether it changes objects. */
  readonly type: "validating" | "mutating";
  /** Names it in configurations and in messages to users. */
  readonly name: string;
  /** What it is asked about. */
  readonly rules: readonly WebhookRule[];
  /** What happens when it gives no answer. */
  readonly failurePolicy: "Fail" | "Ignore";
  /** Whether it does anything besides answering. */
  readonly sideEffects: "None" | "NoneOnDryRun";
  /** CEL expressions, all of which a request has to match. */
  readonly matchConditions: readonly MatchCondition[];
}

/** A webhook that turns objects of one version into those of another. */
export interface ConversionWebhook extends Webhook {
  /** Tells it from an {@linkcode AdmissionWebhook}. */
  readonly type: "conversion";
  /** Group of the kind. */
  readonly group: string;
  /** Name of the resource in URLs. */
  readonly plural: string;
  /** The kind in all its versions, the hub first. */
  readonly kinds: readonly CustomKind<unknown>[];
}

/** Which requests a webhook is asked about. */
export interface WebhookRule {
  /** API groups; `"*"` is all, `""` the core group. */
  readonly apiGroups: readonly string[];
  /** API versions; `"*"` is all. */
  readonly apiVersions: readonly string[];
  /** Resources in URLs, as `"pods"`, `"pods/exec"` or `"*"`. */
  readonly resources: readonly string[];
  /** What somebody wants to do. */
  readonly operations: readonly Operation[];
  /**
   * Whether objects are in a namespace.
   *
   * @default {"*"}
   */
  readonly scope?: "Cluster" | "Namespaced" | "*";
}

/** A CEL expression that a request has to match. */
export interface MatchCondition {
  /** Names the expression. */
  readonly name: string;
  /** As `"!('system:nodes' in request.userInfo.groups)"`. */
  readonly expression: string;
}

/**
 * Options of {@linkcode validatingWebhook} and {@linkcode mutatingWebhook}.
 *
 * @typeParam Op The operations.
 */
export interface AdmissionWebhookOptions<Op extends Operation> {
  /**
   * What the webhook is asked about; the type of the request follows.
   *
   * @default {["CREATE", "UPDATE"]}
   */
  readonly operations?: readonly Op[];
  /**
   * Path of its URL.
   *
   * @default `"/validate/greetings.example.io/v1"` or `"/mutate/…"`; without
   * the kind for {@linkcode anyKind}
   */
  readonly path?: string;
  /**
   * Names it in configurations and in messages to users: a DNS name of at
   * least three labels.
   *
   * @default `"validate.greetings.example.io"` or `"mutate.…"`
   */
  readonly name?: string;
  /**
   * Other resources than those of the kind, as for subresources.
   *
   * @default the resource of the kind
   */
  readonly rules?: readonly Omit<WebhookRule, "operations">[];
  /**
   * What happens when the webhook gives no answer, or a failure.
   *
   * @default {"Fail"}
   */
  readonly failurePolicy?: "Fail" | "Ignore";
  /**
   * Whether the handler does anything besides answering; `"NoneOnDryRun"`
   * promises that it looks at `dryRun`.
   *
   * @default {"None"}
   */
  readonly sideEffects?: "None" | "NoneOnDryRun";
  /**
   * How long the API server waits, in milliseconds: whole seconds, 30 at most.
   *
   * @default {10_000}
   */
  readonly timeout?: number;
  /**
   * CEL expressions, all of which a request has to match.
   *
   * @default {[]}
   */
  readonly matchConditions?: readonly MatchCondition[];
}
