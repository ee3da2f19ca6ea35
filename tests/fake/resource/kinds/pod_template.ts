import { isObject } from "../../merge/json_value.ts";
import { valueAt } from "../../object/field_path.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import { required } from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";
import { templateDefaults } from "./pod_spec.ts";
import { podSpecErrors } from "../../validation/pod_validation.ts";

/** PodTemplates. */
export const POD_TEMPLATE: NativeTraits = {
  answersDeleted: true,
  countsGenerations: true,
  counted: ({ template }) => template,
  setDefaults: templateDefaults,
  validate: (object) =>
    podSpecErrors(valueAt(object, ["template", "spec"]), "template.spec"),
};

/** ReplicationControllers, which take labels and selector from the template. */
export const REPLICATION_CONTROLLER: NativeTraits = {
  countsGenerations: true,
  setDefaults(object) {
    const labels = valueAt(object, ["spec", "template", "metadata", "labels"]);
    const result = inField(
      object,
      "spec",
      (spec) =>
        filled(templateDefaults(spec), {
          replicas: 1,
          ...isObject(labels) ? { selector: labels } : {},
        }),
    );
    const { labels: own } = metadataOf(result);
    return isObject(labels) && own === undefined
      ? withMetadata(result, { labels })
      : result;
  },
  unknownFieldText: (field) => `field label not supported: ${field}`,
  selectableFields: {
    "status.replicas": (object) =>
      String(valueAt(object, ["status", "replicas"]) ?? 0),
  },
  validate(object) {
    const { selector, template } = isObject(object.spec) ? object.spec : {};
    const missing = isObject(selector) ? [] : [required("spec.selector")];
    return isObject(template)
      ? [
        ...missing,
        ...podSpecErrors(template.spec, "spec.template.spec"),
      ]
      : [...missing, required("spec.template")];
  },
};
