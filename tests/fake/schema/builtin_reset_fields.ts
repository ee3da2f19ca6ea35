/** A path of field names, e.g. `["metadata", "labels"]`. */
export type FieldPath = readonly string[];

const SPEC: readonly FieldPath[] = [["spec"]];
const STATUS: readonly FieldPath[] = [["status"]];
const SPEC_AND_METADATA: readonly FieldPath[] = [["spec"], ["metadata"]];

/** Kinds whose status is written through `/status` only. */
const WITH_STATUS: ReadonlySet<string> = new Set([
  "admissionregistration.k8s.io/validatingadmissionpolicies",
  "apiextensions.k8s.io/customresourcedefinitions",
  "apiregistration.k8s.io/apiservices",
  "apps/daemonsets",
  "apps/deployments",
  "apps/replicasets",
  "apps/statefulsets",
  "autoscaling/horizontalpodautoscalers",
  "batch/cronjobs",
  "batch/jobs",
  "/namespaces",
  "/nodes",
  "/persistentvolumeclaims",
  "/persistentvolumes",
  "/pods",
  "/replicationcontrollers",
  "/resourcequotas",
  "/services",
  "flowcontrol.apiserver.k8s.io/flowschemas",
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations",
  "networking.k8s.io/ingresses",
  "policy/poddisruptionbudgets",
  "resource.k8s.io/resourceclaims",
  "storage.k8s.io/volumeattachments",
]);

/** Endpoints that differ from those. */
const SPECIAL: Readonly<Record<string, readonly FieldPath[]>> = {
  "/namespaces/finalize": STATUS,
  "/pods/status": [
    ["spec"],
    ["metadata", "deletionTimestamp"],
    ["metadata", "ownerReferences"],
  ],
  "admissionregistration.k8s.io/validatingadmissionpolicies/status":
    SPEC_AND_METADATA,
  "apiextensions.k8s.io/customresourcedefinitions/status": SPEC_AND_METADATA,
  "apiregistration.k8s.io/apiservices/status": SPEC_AND_METADATA,
  "apps/deployments/status": [["spec"], ["metadata", "labels"]],
  "certificates.k8s.io/certificatesigningrequests": [["spec"], ["status"]],
  "certificates.k8s.io/certificatesigningrequests/approval": [
    ["spec"],
    ["status", "certificate"],
  ],
  "certificates.k8s.io/certificatesigningrequests/status": [
    ["spec"],
    ["status", "conditions"],
  ],
  "flowcontrol.apiserver.k8s.io/flowschemas/status": SPEC_AND_METADATA,
  "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations/status":
    SPEC_AND_METADATA,
  "resource.k8s.io/resourceclaims/status": SPEC_AND_METADATA,
  "storage.k8s.io/volumeattachments/status": SPEC_AND_METADATA,
};

/**
 * Names the fields of a built-in kind that an endpoint ignores, and that are
 * therefore never owned through it (`GetResetFields` in kube-apiserver).
 *
 * @param group API group; empty for the core group.
 * @param plural Name of the resource in paths.
 * @param subresource The subresource; absent for the object itself.
 * @returns Paths of those fields; whatever is below them is ignored too.
 *
 * @example The endpoints of a Deployment
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinResetFields } from "./builtin_reset_fields.ts";
 *
 * assertEquals(builtinResetFields("apps", "deployments"), [["status"]]);
 * assertEquals(builtinResetFields("apps", "deployments", "status"), [
 *   ["spec"],
 *   ["metadata", "labels"],
 * ]);
 * ```
 */
export function builtinResetFields(
  group: string,
  plural: string,
  subresource?: string,
): readonly FieldPath[] {
  const resource = `${group}/${plural}`;
  const endpoint = subresource ? `${resource}/${subresource}` : resource;
  const special = SPECIAL[endpoint];
  if (special !== undefined) return special;
  if (!WITH_STATUS.has(resource)) return [];
  if (subresource === undefined) return STATUS;
  return subresource === "status" ? SPEC : [];
}
