import { isObject } from "../../merge/json_value.ts";
import { valueAt } from "../../object/field_path.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  required,
} from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";
import { type Defaulting, filled, inEach, inField } from "./defaulted.ts";
import { claimDefaults } from "./storage_claim.ts";
import { podSpecErrors, templateDefaults } from "./pod_spec.ts";

/** Makes the traits of a kind that runs pods from a template. */
function workload(specDefaults: Defaulting): NativeTraits {
  return {
    countsGenerations: true,
    setDefaults: (object) =>
      inField(object, "spec", (spec) => specDefaults(templateDefaults(spec))),
    validate,
  };
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const selector = valueAt(object, ["spec", "selector"]);
  if (!isObject(selector)) errors.push(required("spec.selector"));
  const wanted = isObject(selector) ? selector.matchLabels ?? {} : {};
  const path = ["spec", "template", "metadata", "labels"];
  const labels = valueAt(object, path) ?? null;
  const matches = isObject(selector) && isObject(wanted) &&
    Object.entries(wanted).every(([key, value]) =>
      isObject(labels) && labels[key] === value
    );
  if (!matches) {
    const why = "`selector` does not match template `labels`";
    errors.push(invalidValue(path.join("."), labels, why));
  }
  const pod = valueAt(object, ["spec", "template", "spec"]);
  return [...errors, ...podSpecErrors(pod, "spec.template.spec")];
}

/** Deployments: `SetDefaults_Deployment` of Kubernetes. */
export const DEPLOYMENT: NativeTraits = {
  ...workload((spec) =>
    inField(
      filled(spec, {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: {},
      }),
      "strategy",
      (strategy) =>
        rolling(strategy, { maxSurge: "25%", maxUnavailable: "25%" }),
    )
  ),
  statusKeepsLabels: true,
  countsAnnotations: true,
};

/** ReplicaSets: `SetDefaults_ReplicaSet`. */
export const REPLICA_SET: NativeTraits = workload((spec) =>
  filled(spec, { replicas: 1 })
);

/** StatefulSets: `SetDefaults_StatefulSet`. */
export const STATEFUL_SET: NativeTraits = workload((spec) => {
  const result = filled(spec, {
    podManagementPolicy: "OrderedReady",
    replicas: 1,
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {},
    updateStrategy: {},
  });
  const retained = inField(
    result,
    "persistentVolumeClaimRetentionPolicy",
    (policy) => filled(policy, { whenDeleted: "Retain", whenScaled: "Retain" }),
  );
  return inField(
    inEach(retained, "volumeClaimTemplates", (claim) => ({
      ...claimDefaults(claim),
      kind: "PersistentVolumeClaim",
      apiVersion: "v1",
      status: { phase: "Pending" },
    })),
    "updateStrategy",
    (strategy) => rolling(strategy, { partition: 0 }),
  );
});

const DAEMON_SET_BASE = workload((spec) =>
  inField(
    filled(spec, { revisionHistoryLimit: 10, updateStrategy: {} }),
    "updateStrategy",
    (strategy) => rolling(strategy, { maxSurge: 0, maxUnavailable: 1 }),
  )
);

const TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

/** DaemonSets: `SetDefaults_DaemonSet`. */
export const DAEMON_SET: NativeTraits = {
  ...DAEMON_SET_BASE,
  setDefaults(object) {
    const { annotations } = metadataOf(object);
    return withMetadata(DAEMON_SET_BASE.setDefaults?.(object) ?? object, {
      annotations: { [TEMPLATE_GENERATION]: "0", ...annotations },
    });
  },
  prepareForCreate(object) {
    const { annotations } = metadataOf(object);
    return withMetadata(object, {
      annotations: { ...annotations, [TEMPLATE_GENERATION]: "1" },
    });
  },
};

function rolling(strategy: JsonObject, defaults: JsonObject): JsonObject {
  const result = filled(strategy, { type: "RollingUpdate" });
  if (result.type !== "RollingUpdate") return result;
  return inField(
    filled(result, { rollingUpdate: {} }),
    "rollingUpdate",
    (update) => filled(update, defaults),
  );
}

/** ControllerRevisions: `ValidateControllerRevision` of Kubernetes. */
export const CONTROLLER_REVISION: NativeTraits = {
  validate: ({ data, revision }) => [
    ...(data ?? undefined) === undefined
      ? [required("data", "data is mandatory")]
      : [],
    ...Number(revision) < 0
      ? [
        invalidValue(
          "revision",
          revision,
          "must be greater than or equal to 0",
        ),
      ]
      : [],
  ],
};
