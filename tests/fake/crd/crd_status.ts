import { equalJson, isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { CrdSpec } from "./crd_spec.ts";

/**
 * Makes the status of a CRD whose names are accepted.
 *
 * @param spec Spec of the CRD.
 * @param object The CRD.
 * @param time The present.
 * @returns The status; `undefined` if the CRD has it already.
 */
export function acceptedStatus(
  spec: CrdSpec,
  object: JsonObject,
  time: string,
): JsonObject | undefined {
  const status = isObject(object.status) ? object.status : {};
  const { conditions } = status;
  const isDone = equalJson(status.acceptedNames, spec.names) &&
    Array.isArray(conditions) && conditions.length > 0;
  if (isDone) return undefined;
  return {
    ...status,
    conditions: [
      {
        type: "NamesAccepted",
        status: "True",
        lastTransitionTime: time,
        reason: "NoConflicts",
        message: "no conflicts found",
      },
      {
        type: "Established",
        status: "True",
        lastTransitionTime: time,
        reason: "InitialNamesAccepted",
        message: "the initial names have been accepted",
      },
    ],
    acceptedNames: spec.names,
  };
}

/**
 * Makes the status of a CRD that is being deleted.
 *
 * @param object The CRD.
 * @param time The present.
 * @returns The status.
 */
export function terminatingStatus(
  { status }: JsonObject,
  time: string,
): JsonObject {
  const former = isObject(status) ? status : {};
  const conditions = Array.isArray(former.conditions) ? former.conditions : [];
  return {
    ...former,
    conditions: [...conditions, {
      type: "Terminating",
      status: "True",
      lastTransitionTime: time,
      reason: "InstanceDeletionPending",
      message:
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
    }],
  };
}
