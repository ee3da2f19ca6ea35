import { equalJson, isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { AcceptedNames } from "./accepted_names.ts";

/**
 * Makes the status of a CRD whose names have been compared with those of others.
 *
 * @param accepted The names it may use.
 * @param object The CRD.
 * @param time The present.
 * @returns The status; `undefined` if the CRD has it already.
 */
export function namedStatus(
  { names, conflict }: AcceptedNames,
  object: JsonObject,
  time: string,
): JsonObject | undefined {
  const status = isObject(object.status) ? object.status : {};
  const { conditions } = status;
  const former = Array.isArray(conditions) ? conditions.filter(isObject) : [];
  const isTrue = (wanted: string) =>
    former.some(({ type, status }) => type === wanted && status === "True");
  const isDone = equalJson(status.acceptedNames, names) && former.length > 0 &&
    isTrue("NamesAccepted") === (conflict === undefined);
  if (isDone) return undefined;
  const since = (type: string, state: string) =>
    former.find((of) => of.type === type && of.status === state)
      ?.lastTransitionTime ?? time;
  const named = conflict === undefined
    ? {
      status: "True",
      lastTransitionTime: since("NamesAccepted", "True"),
      reason: "NoConflicts",
      message: "no conflicts found",
    }
    : {
      status: "False",
      lastTransitionTime: since("NamesAccepted", "False"),
      ...conflict,
    };
  const isEstablished = conflict === undefined || isTrue("Established");
  return {
    ...status,
    conditions: [
      { type: "NamesAccepted", ...named },
      {
        type: "Established",
        status: isEstablished ? "True" : "False",
        lastTransitionTime: since(
          "Established",
          isEstablished ? "True" : "False",
        ),
        reason: isEstablished ? "InitialNamesAccepted" : "NotAccepted",
        message: isEstablished
          ? "the initial names have been accepted"
          : "not all names are accepted",
      },
    ],
    acceptedNames: names,
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
