import { STATUS_CODE } from "@std/http";
import type {
  AdmissionRequestFields,
  AdmissionUser,
  GroupVersionKind,
  GroupVersionResource,
  Operation,
} from "./admission_request.ts";
import type { Decision } from "./decision.ts";
import { isRecord, type JsonRecord } from "./json_record.ts";
import { Refusal } from "./refusal.ts";
import type { ReviewContext } from "./webhook.ts";

/** The one version of reviews that every supported API server speaks. */
export const ADMISSION_API_VERSION = "admission.k8s.io/v1";

/** A request as it came, before anybody vouches for its objects. */
export interface ReviewRequest extends AdmissionRequestFields {
  /** What somebody wants to do. */
  readonly operation: Operation;
  /** The object, if there is one. */
  readonly object: JsonRecord | undefined;
  /** The old object, if there is one. */
  readonly oldObject: JsonRecord | undefined;
}

/** What an API server reads. */
export interface AdmissionReview {
  /** Version of the review. */
  readonly apiVersion: typeof ADMISSION_API_VERSION;
  /** Always the same. */
  readonly kind: "AdmissionReview";
  /** The answer. */
  readonly response: Readonly<Record<string, unknown>>;
}

const OPERATIONS: readonly string[] = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

/**
 * Reads an AdmissionReview.
 *
 * Objects are taken as they are: an old object may fit a schema of the past,
 * and must not become immovable because of that.
 *
 * @param body The parsed body.
 * @param context The deadline.
 * @returns The request in it.
 * @throws {Refusal} If it is something else.
 */
export function readReview(
  body: unknown,
  { signal }: ReviewContext,
): ReviewRequest {
  const request = requestOf(body);
  const { uid, operation, namespace, options } = request;
  if (typeof uid !== "string" || uid === "") throw malformed("request.uid");
  if (!isOperation(operation)) throw malformed("request.operation");
  const { requestKind, requestResource } = request;
  return {
    uid,
    kind: kindOf(request.kind),
    resource: resourceOf(request.resource),
    requestKind: isRecord(requestKind) ? kindOf(requestKind) : undefined,
    requestResource: isRecord(requestResource)
      ? resourceOf(requestResource)
      : undefined,
    subresource: text(request.subResource),
    name: text(request.name),
    namespace: text(namespace) || undefined,
    operation,
    user: userOf(request.userInfo),
    object: objectOf(request.object),
    oldObject: objectOf(request.oldObject),
    dryRun: request.dryRun === true,
    // Parsed from JSON, so it holds nothing else.
    options: isRecord(options) ? options as AdmissionOptions : undefined,
    signal,
  };
}

type AdmissionOptions = NonNullable<AdmissionRequestFields["options"]>;

/**
 * Writes an AdmissionReview.
 *
 * Only what a decision has is copied, since the API server refuses an answer
 * with a patch where it wants none.
 *
 * @param uid The uid of the request.
 * @param decision The decision.
 * @param patch A JSON Patch in base64.
 * @returns The review.
 */
export function writeReview(
  uid: string,
  decision: Decision,
  patch?: string,
): AdmissionReview {
  const { warnings, auditAnnotations } = decision;
  const isPatched = patch !== undefined;
  // What is undefined is not written.
  return {
    apiVersion: ADMISSION_API_VERSION,
    kind: "AdmissionReview",
    response: {
      uid,
      allowed: decision.allowed,
      status: decision.allowed ? undefined : decision.status,
      patchType: isPatched ? "JSONPatch" : undefined,
      patch,
      warnings: warnings?.length ? warnings : undefined,
      auditAnnotations,
    },
  };
}

function requestOf(body: unknown): JsonRecord {
  if (!isRecord(body) || body.kind !== "AdmissionReview") {
    throw new Refusal(
      STATUS_CODE.BadRequest,
      "The body is not an AdmissionReview",
    );
  }
  if (body.apiVersion !== ADMISSION_API_VERSION) {
    throw new Refusal(
      STATUS_CODE.BadRequest,
      `The AdmissionReview is not of ${ADMISSION_API_VERSION}: set ` +
        `admissionReviewVersions to ["v1"]`,
    );
  }
  if (!isRecord(body.request)) throw malformed("request");
  return body.request;
}

function kindOf(value: unknown): GroupVersionKind {
  if (!isRecord(value)) throw malformed("request.kind");
  const { group, version, kind } = value;
  return { group: text(group), version: text(version), kind: text(kind) };
}

function resourceOf(value: unknown): GroupVersionResource {
  if (!isRecord(value)) throw malformed("request.resource");
  return {
    group: text(value.group),
    version: text(value.version),
    resource: text(value.resource),
  };
}

function userOf(value: unknown): AdmissionUser {
  const { username, uid, groups, extra } = isRecord(value) ? value : {};
  return {
    username: text(username),
    uid: text(uid),
    groups: Array.isArray(groups) ? groups.filter(isText) : [],
    // The API server sends lists of strings only.
    extra: isRecord(extra) ? extra as AdmissionUser["extra"] : {},
  };
}

function objectOf(value: unknown): JsonRecord | undefined {
  if (value === null || value === undefined) return undefined;
  if (isRecord(value)) return value;
  throw malformed("request.object or request.oldObject");
}

function isOperation(value: unknown): value is Operation {
  return isText(value) && OPERATIONS.includes(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function malformed(field: string): Refusal {
  return new Refusal(
    STATUS_CODE.BadRequest,
    `The AdmissionReview has no valid ${field}`,
  );
}
