import { crdLimits } from "../../cel/cel_limits.ts";
import { isObject } from "../../merge/json_value.ts";
import { metadataOf } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import { conversionErrors, defaultConversion } from "./crd_conversion.ts";
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
        listKind: names.listKind || (kind === "" ? "" : `${kind}List`),
      },
      conversion: defaultConversion(spec.conversion),
    },
  };
}

/** The status before the controllers of the server have seen a CRD. */
function prepareForCreate(object: JsonObject): JsonObject {
  const { spec } = object;
  const versions = isObject(spec) && Array.isArray(spec.versions)
    ? spec.versions
    : [];
  const storedVersions = versions
    .filter((version) => isObject(version) && version.storage === true)
    .map((version) => version.name);
  return {
    ...object,
    status: {
      conditions: null,
      acceptedNames: { plural: "", kind: "" },
      storedVersions: storedVersions.length > 0 ? storedVersions : null,
    },
  };
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const { name = "" } = metadataOf(object);
  const spec = isObject(object.spec) ? object.spec : {};
  const names = isObject(spec.names) ? spec.names : {};
  const wanted = `${names.plural ?? ""}.${spec.group ?? ""}`;
  if (name !== wanted && name !== "") {
    const why = 'must be spec.names.plural+"."+spec.group';
    errors.push(invalidValue("metadata.name", name, why));
  }
  const scopes = ["Cluster", "Namespaced"];
  if (spec.scope && !scopes.includes(String(spec.scope))) {
    errors.push(notSupported("spec.scope", spec.scope ?? "", scopes));
  }
  const versions = Array.isArray(spec.versions) ? spec.versions : [];
  versions.forEach((version, index) => {
    const schema = isObject(version) && isObject(version.schema)
      ? version.schema.openAPIV3Schema
      : undefined;
    if (isObject(schema)) return;
    const field = `spec.versions[${index}].schema.openAPIV3Schema`;
    errors.push(required(field));
  });
  const stored = versions.filter((version) =>
    isObject(version) && version.storage === true
  );
  if (stored.length !== 1) {
    const why = "must have exactly one version marked as storage version";
    errors.push(invalidValue("spec.versions", spec.versions ?? null, why));
  }
  if (isObject(spec.conversion)) {
    errors.push(...conversionErrors(spec.conversion));
  }
  if (stored.length === 0) {
    const why = "must have at least one stored version";
    errors.push(invalidValue("status.storedVersions", null, why));
  }
  return errors;
}

/** CRDs: `pkg/registry/customresourcedefinition` of apiextensions-apiserver. */
export const CUSTOM_RESOURCE_DEFINITION: NativeTraits = {
  updatesUnconditionally: false,
  countsGenerations: true,
  cleanup: "customresourcecleanup.apiextensions.k8s.io",
  setDefaults,
  prepareForCreate,
  validate,
  limits: crdLimits,
};
