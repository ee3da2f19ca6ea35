import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type AdmissionAttributes, kindOf } from "./admission_attributes.ts";

/** A request in the form in which one webhook sees it. */
export interface Invocation {
  /** Identifies the call. */
  readonly uid: string;
  /** The version of AdmissionReview. */
  readonly version: "v1" | "v1beta1";
  /** The resource in the version of its rule. */
  readonly resource: ServedResource;
  /** The object in that version. */
  readonly object: JsonObject | undefined;
  /** The former object in that version. */
  readonly oldObject: JsonObject | undefined;
}

/**
 * Writes the AdmissionReview that is sent to a webhook.
 *
 * @param attributes The request.
 * @param invocation How the webhook sees it.
 * @returns The review.
 */
export function admissionReview(
  attributes: AdmissionAttributes,
  { uid, version, resource, object, oldObject }: Invocation,
): JsonObject {
  const { kind, subresource, namespace, name, user } = attributes;
  const { group, version: ofResource, plural } = resource;
  return {
    kind: "AdmissionReview",
    apiVersion: `admission.k8s.io/${version}`,
    request: {
      uid,
      kind: kindOf(resource, subresource),
      resource: { group, version: ofResource, resource: plural },
      ...subresource === "" ? {} : { subResource: subresource },
      requestKind: kind,
      requestResource: attributes.resource,
      ...subresource === "" ? {} : { requestSubResource: subresource },
      ...name === "" ? {} : { name },
      ...namespace === "" ? {} : { namespace },
      operation: attributes.operation,
      userInfo: { username: user.name, groups: user.groups },
      object: object ?? null,
      oldObject: oldObject ?? null,
      dryRun: attributes.dryRun,
      options: attributes.options ?? null,
    },
  };
}
