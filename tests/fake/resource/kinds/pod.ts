import { valueAt } from "../../object/field_path.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";
import { podWarnings } from "./pod_warnings.ts";
import { podSpecDefaults } from "./pod_spec.ts";
import { podSpecErrors } from "../../validation/pod_validation.ts";

const TOLERATIONS = ["not-ready", "unreachable"].map((taint) => ({
  key: `node.kubernetes.io/${taint}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: 300,
}));

/** What admission plugins of the server add. */
function admitted(spec: JsonObject): JsonObject {
  const { tolerations } = spec;
  const given = Array.isArray(tolerations) ? tolerations : [];
  return {
    ...filled(spec, { priority: 0, preemptionPolicy: "PreemptLowerPriority" }),
    tolerations: [...given, ...TOLERATIONS],
  };
}

function text(path: string): (object: JsonObject) => string {
  const names = path.split(".");
  return (object) => String(valueAt(object, names) ?? "");
}

const FIELDS = [
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.schedulerName",
  "spec.serviceAccountName",
  "spec.hostNetwork",
  "status.phase",
  "status.podIP",
  "status.podIPs",
  "status.nominatedNodeName",
];

/** Pods: `pkg/registry/core/pod` of Kubernetes. */
export const POD: NativeTraits = {
  answersDeleted: true,
  countsGenerations: true,
  selectableFields: Object.fromEntries(
    FIELDS.map((field) => [field, text(field)]),
  ),
  unknownFieldText: (field) => `field label not supported: ${field}`,
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) => filled(podSpecDefaults(spec), { enableServiceLinks: true }),
    ),
  gracePeriod,
  prepareForCreate: (object, { now }) => ({
    ...inField(object, "spec", admitted),
    status: {
      phase: "Pending",
      ...gatedConditions(object, now),
      qosClass: qosClass(object),
    },
  }),
  validate: ({ spec }) => podSpecErrors(spec, "spec"),
  warnings: ({ spec }) => podWarnings(spec, "spec"),
};

/** Says of a pod with scheduling gates that it waits. */
function gatedConditions(object: JsonObject, now: string): JsonObject {
  const gates = valueAt(object, ["spec", "schedulingGates"]);
  if (!Array.isArray(gates) || gates.length === 0) return {};
  return {
    conditions: [{
      type: "PodScheduled",
      status: "False",
      lastProbeTime: null,
      lastTransitionTime: now,
      reason: "SchedulingGated",
      message: "Scheduling is blocked due to non-empty scheduling gates",
    }],
  };
}

/** How long a pod may take to end: no time unless it runs on a node. */
function gracePeriod(pod: JsonObject, wanted: number | undefined): number {
  const phase = valueAt(pod, ["status", "phase"]);
  const isIdle = !valueAt(pod, ["spec", "nodeName"]) ||
    phase === "Failed" || phase === "Succeeded";
  if (isIdle) return 0;
  const own = valueAt(pod, ["spec", "terminationGracePeriodSeconds"]);
  const period = wanted ?? (typeof own === "number" ? own : 0);
  return period < 0 ? 1 : period;
}

/** Whether resources are asked for; exact only for the simple cases. */
function qosClass({ spec }: JsonObject): string {
  const containers = valueAt(spec, ["containers"]);
  const resources = Array.isArray(containers)
    ? containers.map((container) => valueAt(container, ["resources"]))
    : [];
  const isSet = (name: string) =>
    resources.some((of) => valueAt(of, [name]) !== undefined);
  if (!isSet("requests") && !isSet("limits")) return "BestEffort";
  const isGuaranteed = resources.every((of) => {
    const limits = valueAt(of, ["limits"]);
    const requests = valueAt(of, ["requests"]) ?? limits;
    return limits !== undefined &&
      JSON.stringify(limits) === JSON.stringify(requests);
  });
  return isGuaranteed ? "Guaranteed" : "Burstable";
}
