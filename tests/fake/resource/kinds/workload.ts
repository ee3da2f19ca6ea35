import { equalJson, isEmpty, isObject } from "../../merge/json_value.ts";
import { valueAt } from "../../object/field_path.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import { labelSelectorErrors } from "../../validation/label_selector_validation.ts";
import { labelErrors } from "../../validation/qualified_name.ts";
import type { NativeTraits } from "../native_traits.ts";
import type { Change } from "../strategy.ts";
import { type Defaulting, filled, inEach, inField } from "./defaulted.ts";
import { podWarnings } from "./pod_warnings.ts";
import { claimDefaults } from "./storage_claim.ts";
import { templateDefaults } from "./pod_spec.ts";
import { podSpecErrors } from "../../validation/pod_validation.ts";

/** Makes the traits of a kind that runs pods from a template. */
function workload(specDefaults: Defaulting): NativeTraits {
  return {
    countsGenerations: true,
    setDefaults: (object) =>
      inField(object, "spec", (spec) => specDefaults(templateDefaults(spec))),
    validate,
    validateUpdate,
    warnings: (object) =>
      podWarnings(
        valueAt(object, ["spec", "template", "spec"]),
        "spec.template.spec",
      ),
  };
}

function validate(object: JsonObject): FieldError[] {
  const { selector, minReadySeconds, replicas } = isObject(object.spec)
    ? object.spec
    : {};
  const errors = negativeErrors("replicas", replicas);
  if (!isObject(selector)) {
    // Only that of a DaemonSet may be missing, which then fits nothing.
    if (object.kind !== "DaemonSet") errors.push(required("spec.selector"));
  } else {
    errors.push(...labelSelectorErrors(selector, "spec.selector"));
    if (isEmpty(selector)) {
      const why = `empty selector is invalid for ${
        String(object.kind).toLowerCase()
      }`;
      errors.push(invalidValue("spec.selector", {}, why));
    }
  }
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
  errors.push(...podSpecErrors(pod, "spec.template.spec"));
  const restart = valueAt(pod, ["restartPolicy"]);
  if (restart !== "Always") {
    const field = "spec.template.spec.restartPolicy";
    errors.push(notSupported(field, restart, ["Always"]));
  }
  errors.push(...negativeErrors("minReadySeconds", minReadySeconds));
  return errors;
}

function negativeErrors(name: string, value: unknown): FieldError[] {
  if (Number(value ?? 0) >= 0) return [];
  const why = "must be greater than or equal to 0";
  return [invalidValue(`spec.${name}`, value, why)];
}

/** The selector of a workload stays as it is. */
function validateUpdate({ live, next }: Change): FieldError[] {
  const field = ["spec", "selector"];
  const selector = valueAt(next, field) ?? null;
  const isSame = equalJson(selector, valueAt(live, field) ?? null);
  return [
    ...validate(next),
    ...isSame
      ? []
      : [invalidValue(field.join("."), selector, "field is immutable")],
  ];
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
export const STATEFUL_SET: NativeTraits = {
  ...workload(statefulDefaults),
  nameErrors: labelErrors,
};

function statefulDefaults(spec: JsonObject): JsonObject {
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
}

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
      : isObject(data)
      ? []
      : [required("data", "data must be a valid JSON object")],
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
