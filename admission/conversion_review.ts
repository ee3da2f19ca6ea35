import { STATUS_CODE } from "@std/http";
import { isRecord, type JsonRecord } from "./json_record.ts";
import { Refusal } from "./refusal.ts";

const API_VERSION = "apiextensions.k8s.io/v1";

/** What an API server wants to have converted. */
export interface ConversionRequest {
  /** Names this request; the answer carries it. */
  readonly uid: string;
  /** As `"example.io/v1"`. */
  readonly desiredAPIVersion: string;
  /** Objects, in any version. */
  readonly objects: readonly JsonRecord[];
}

/**
 * Reads a ConversionReview.
 *
 * @param body The parsed body.
 * @returns The request in it.
 * @throws {Refusal} If it is something else.
 */
export function readConversion(body: unknown): ConversionRequest {
  if (!isRecord(body) || body.kind !== "ConversionReview") {
    throw malformed("The body is not a ConversionReview");
  }
  if (body.apiVersion !== API_VERSION) {
    throw malformed(
      `The ConversionReview is not of ${API_VERSION}: set ` +
        `conversionReviewVersions to ["v1"]`,
    );
  }
  const { uid, desiredAPIVersion, objects } = isRecord(body.request)
    ? body.request
    : {};
  if (
    typeof uid !== "string" || uid === "" ||
    typeof desiredAPIVersion !== "string" || !Array.isArray(objects) ||
    !objects.every(isRecord)
  ) {
    throw malformed("The ConversionReview has no valid request");
  }
  return { uid, desiredAPIVersion, objects };
}

/**
 * Writes a ConversionReview.
 *
 * @param uid The uid of the request.
 * @param convertedObjects The objects, in their order.
 * @returns The review.
 */
export function writeConversion(
  uid: string,
  convertedObjects: readonly object[],
): object {
  return {
    apiVersion: API_VERSION,
    kind: "ConversionReview",
    response: { uid, convertedObjects, result: { status: "Success" } },
  };
}

function malformed(message: string): Refusal {
  return new Refusal(STATUS_CODE.BadRequest, message);
}
