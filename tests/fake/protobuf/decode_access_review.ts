import type { JsonObject } from "../schema/type_schema.ts";
import { protobufFields } from "./protobuf_fields.ts";

/** Media type of protobuf bodies. */
export const PROTOBUF = "application/vnd.kubernetes.protobuf";

/** What every protobuf body starts with: `k8s` and a zero. */
const MAGIC = [0x6b, 0x38, 0x73, 0];
const NOTHING = new Uint8Array();

const REVIEW = { spec: 2 };
const SPEC = { resourceAttributes: 1, nonResourceAttributes: 2 };
const RESOURCE = [
  "namespace",
  "verb",
  "group",
  "version",
  "resource",
  "subresource",
  "name",
];
const NON_RESOURCE = ["path", "verb"];

/**
 * Reads a SelfSubjectAccessReview in protobuf: the one body that programs send
 * in no other form, as `kubectl auth can-i` does.
 *
 * @param body The body.
 * @returns The review; `undefined` if it is none.
 */
export function decodeAccessReview(
  body: Uint8Array<ArrayBuffer>,
): JsonObject | undefined {
  if (MAGIC.some((byte, at) => body[at] !== byte)) return undefined;
  const envelope = protobufFields(body.slice(MAGIC.length));
  const type = strings(envelope?.get(1), ["apiVersion", "kind"]);
  const review = protobufFields(envelope?.get(2) ?? NOTHING);
  if (type?.kind !== "SelfSubjectAccessReview" || !review) return undefined;
  const spec = protobufFields(review.get(REVIEW.spec) ?? NOTHING);
  const resource = spec?.get(SPEC.resourceAttributes);
  const path = spec?.get(SPEC.nonResourceAttributes);
  return {
    ...type,
    spec: {
      ...resource && { resourceAttributes: strings(resource, RESOURCE) },
      ...path && { nonResourceAttributes: strings(path, NON_RESOURCE) },
    },
  };
}

/** Reads strings that are numbered from 1. */
function strings(
  message: Uint8Array<ArrayBuffer> | undefined,
  names: readonly string[],
): Record<string, string> | undefined {
  const fields = message && protobufFields(message);
  const decoder = new TextDecoder();
  return fields && Object.fromEntries(
    names.map((name, at) => [name, decoder.decode(fields.get(at + 1))] as const)
      .filter(([, text]) => text !== ""),
  );
}
