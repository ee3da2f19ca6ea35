import { equalJson } from "../../merge/json_value.ts";
import { valueAt } from "../../object/field_path.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import { type FieldError, required } from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";
import { templateDefaults } from "./pod_spec.ts";
import { podSpecErrors } from "../../validation/pod_validation.ts";

function jobSpecDefaults(spec: JsonObject): JsonObject {
  const { completions, parallelism } = spec;
  const single = completions === undefined && parallelism === undefined;
  return filled(templateDefaults(spec), {
    ...single ? { completions: 1 } : {},
    parallelism: 1,
    backoffLimit: 6,
    completionMode: "NonIndexed",
    suspend: false,
    podReplacementPolicy: "TerminatingOrFailed",
    manualSelector: false,
  });
}

/** The labels that tie pods to their job, and the selector for them. */
function prepareForCreate(object: JsonObject): JsonObject {
  const { name = "", uid = "" } = metadataOf(object);
  if (valueAt(object, ["spec", "manualSelector"]) === true) return object;
  const added = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    "job-name": name,
  };
  const selector = {
    matchLabels: { "batch.kubernetes.io/controller-uid": uid },
  };
  const result = inField(object, "spec", (spec) => ({
    ...inField(spec, "template", (template) => {
      const { labels } = metadataOf(template);
      return withMetadata(template, { labels: { ...labels, ...added } });
    }),
    selector,
  }));
  // A Job without labels of its own shows those of its template when it is read.
  const given = valueAt(object, TEMPLATE_LABELS);
  const { labels } = metadataOf(object);
  return labels === undefined || equalJson(labels, given)
    ? withMetadata(result, { labels: valueAt(result, TEMPLATE_LABELS) })
    : result;
}

const TEMPLATE_LABELS = ["spec", "template", "metadata", "labels"];

/** Jobs: `SetDefaults_Job` and the strategy of `pkg/registry/batch/job`. */
export const JOB: NativeTraits = {
  countsGenerations: true,
  selectableFields: {
    "status.successful": (object) =>
      String(valueAt(object, ["status", "succeeded"]) ?? 0),
  },
  unknownFieldText: (field) => `field label "${field}" not supported for Job`,
  setDefaults(object) {
    const result = inField(object, "spec", jobSpecDefaults);
    const { labels } = metadataOf(result);
    const template = valueAt(result, TEMPLATE_LABELS);
    return labels === undefined && template !== undefined
      ? withMetadata(result, { labels: template })
      : result;
  },
  prepareForCreate,
  validate: (object) =>
    runningErrors(
      valueAt(object, ["spec", "template", "spec"]),
      "spec.template.spec",
    ),
};

/** Pods of a job end, unlike those of most. */
function runningErrors(pod: unknown, path: string): FieldError[] {
  const restart = valueAt(pod, ["restartPolicy"]);
  const why = 'valid values: "OnFailure", "Never"';
  return [
    ...podSpecErrors(pod, path),
    ...restart === undefined || restart === "Always"
      ? [required(`${path}.restartPolicy`, why)]
      : [],
  ];
}

/** CronJobs: `SetDefaults_CronJob`. */
export const CRON_JOB: NativeTraits = {
  countsGenerations: true,
  setDefaults: (object) =>
    inField(object, "spec", (spec) =>
      inField(
        filled(spec, {
          concurrencyPolicy: "Allow",
          suspend: false,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 1,
        }),
        "jobTemplate",
        (template) => inField(template, "spec", templateDefaults),
      )),
  validate: (object) =>
    runningErrors(
      valueAt(object, ["spec", "jobTemplate", "spec", "template", "spec"]),
      "spec.jobTemplate.spec.template.spec",
    ),
};
