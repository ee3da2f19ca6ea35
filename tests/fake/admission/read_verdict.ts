import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { goQuote } from "../validation/field_error.ts";
import { WebhookCallError } from "../webhook/webhook_call_error.ts";
import type { Invocation } from "./admission_review.ts";
import type { WebhookType } from "./webhook.ts";

/** What a webhook says. */
export interface Verdict {
  /** Whether the request may go on. */
  readonly allowed: boolean;
  /** Why not: a Status. */
  readonly status: JsonObject | undefined;
  /** The JSON Patch as text; empty without. */
  readonly patch: string;
  /** Warnings for whoever asked. */
  readonly warnings: readonly string[];
  /** Annotations for the journal. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
}

const V1_KIND = "admission.k8s.io/v1, Kind=AdmissionReview";

/**
 * Reads the answer of a webhook, as `VerifyAdmissionResponse` of the API server.
 *
 * @param review The AdmissionReview that came back.
 * @param invocation What was asked.
 * @param type The type of the webhook.
 * @returns What it says.
 * @throws {WebhookCallError} If it is no answer to the question.
 */
export function readVerdict(
  review: JsonObject,
  { uid, version }: Invocation,
  type: WebhookType,
): Verdict {
  const { response } = review;
  if (!isObject(response)) throw invalid("webhook response was absent");
  const patch = decodedPatch(response.patch);
  if (version === "v1") {
    const answered = String(response.uid ?? "");
    if (answered !== uid) {
      throw invalid(
        `expected response.uid=${goQuote(uid)}, got ${goQuote(answered)}`,
      );
    }
    const kind = kindText(review);
    if (kind !== V1_KIND) {
      throw invalid(`expected webhook response of ${V1_KIND}, got ${kind}`);
    }
    checkPatch(patch, response.patchType, type);
  }
  const { patchType = "JSONPatch", allowed } = response;
  if (patch !== "" && patchType !== "JSONPatch") {
    throw new WebhookCallError(
      `unsupported patch type ${goQuote(String(patchType))}`,
    );
  }
  if (allowed !== undefined && typeof allowed !== "boolean") {
    throw new WebhookCallError(
      `failed to call webhook: json: cannot unmarshal ${typeof allowed} into Go struct field AdmissionResponse.response.allowed of type bool`,
    );
  }
  const { status, warnings, auditAnnotations } = response;
  return {
    allowed: allowed === true,
    status: isObject(status) ? status : undefined,
    patch: type === "mutating" ? patch : "",
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
    auditAnnotations: isObject(auditAnnotations)
      ? Object.fromEntries(
        Object.entries(auditAnnotations).map(([key, value]) => [
          key,
          String(value),
        ]),
      )
      : {},
  };
}

function kindText({ apiVersion, kind }: JsonObject): string {
  const [group, version] = String(apiVersion ?? "").includes("/")
    ? String(apiVersion).split("/")
    : ["", String(apiVersion ?? "")];
  return `${group}/${version}, Kind=${kind ?? ""}`;
}

function decodedPatch(patch: unknown): string {
  if (patch === undefined || patch === null) return "";
  try {
    const bytes = Uint8Array.from(
      atob(String(patch)),
      (char) => char.charCodeAt(0),
    );
    return new TextDecoder().decode(bytes);
  } catch {
    throw new WebhookCallError(
      "failed to call webhook: illegal base64 data at input byte 0",
    );
  }
}

function checkPatch(patch: string, patchType: unknown, type: WebhookType) {
  const hasType = patchType !== undefined && patchType !== null;
  if (type === "validating") {
    if (patch !== "") {
      throw invalid("validating webhook may not return response.patch");
    }
    if (hasType) {
      throw invalid("validating webhook may not return response.patchType");
    }
    return;
  }
  if (patch !== "" && !hasType) {
    throw invalid("webhook returned response.patch but not response.patchType");
  }
  if (patch === "" && hasType) {
    throw invalid("webhook returned response.patchType but not response.patch");
  }
  if (patchType === "") {
    throw invalid('webhook returned invalid response.patchType of ""');
  }
}

function invalid(why: string): WebhookCallError {
  return new WebhookCallError(`received invalid webhook response: ${why}`);
}
