import { isObject } from "../../merge/json_value.ts";
import { metadataOf } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";

/** Fills in names and how versions are converted. */
function setDefaults(object: JsonObject): JsonObject {
  const { spec } = object;
  if (!isObject(spec) || !isObject(spec.names)) return object;
  const { names } = spec;
  const kind = String(names.kind ?? "");
  return {
    ...object,
    spec: {
      ...spec,
      names: {
        ...names,
        singular: names.singular || kind.toLowerCase(),
        listKind: names.listKind || `${kind}List`,
      },
      conversion: spec.conversion ?? { strategy: "None" },
    },
  };
}

/** The conditions that the controllers of the server set. */
function established(object: JsonObject): JsonObject {
  const { spec, metadata } = object;
  if (!isObject(spec) || !isObject(metadata)) return object;
  const lastTransitionTime = metadata.creationTimestamp;
  const versions = Array.isArray(spec.versions) ? spec.versions : [];
  return {
    ...object,
    status: {
      conditions: [
        {
          type: "NamesAccepted",
          status: "True",
          lastTransitionTime,
          reason: "NoConflicts",
          message: "no conflicts found",
        },
        {
          type: "Established",
          status: "True",
          lastTransitionTime,
          reason: "InitialNamesAccepted",
          message: "the initial names have been accepted",
        },
      ],
      acceptedNames: spec.names,
      storedVersions: versions.filter((version) =>
        isObject(version) && version.storage === true
      ).map((version) => version.name),
    },
  };
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const { name = "" } = metadataOf(object);
  const spec = isObject(object.spec) ? object.spec : {};
  const names = isObject(spec.names) ? spec.names : {};
  const wanted = `${names.plural}.${spec.group}`;
  if (name !== wanted) {
    const why = 'must be spec.names.plural+"."+spec.group';
    errors.push(invalidValue("metadata.name", name, why));
  }
  const scopes = ["Cluster", "Namespaced"];
  if (!scopes.includes(String(spec.scope))) {
    errors.push(notSupported("spec.scope", spec.scope ?? "", scopes));
  }
  const versions = Array.isArray(spec.versions) ? spec.versions : [];
  versions.forEach((version, index) => {
    const schema = isObject(version) && isObject(version.schema)
      ? version.schema.openAPIV3Schema
      : undefined;
    if (isObject(schema)) return;
    const field = `spec.versions[${index}].schema.openAPIV3Schema`;
    errors.push(required(field, "schemas are required"));
  });
  const stored = versions.filter((version) =>
    isObject(version) && version.storage === true
  );
  if (stored.length !== 1) {
    const why = "must have exactly one version marked as storage version";
    errors.push(invalidValue("spec.versions", versions, why));
  }
  return errors;
}

/** CRDs: `pkg/registry/customresourcedefinition` of apiextensions-apiserver. */
export const CUSTOM_RESOURCE_DEFINITION: NativeTraits = {
  updatesUnconditionally: false,
  countsGenerations: true,
  setDefaults,
  prepareForCreate: established,
  validate,
};
