import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inEach, inField } from "./defaulted.ts";

/** Kinds of `resource.k8s.io` whose spec is counted. */
export const COUNTED_DEVICE: NativeTraits = {
  answersDeleted: true,
  countsGenerations: true,
};

/** ResourceClaims: `pkg/apis/resource/v1/defaults.go` of Kubernetes. */
export const RESOURCE_CLAIM: NativeTraits = {
  answersDeleted: true,
  setDefaults: (object) => inField(object, "spec", claimDefaults),
};

/** ResourceClaimTemplates. */
export const RESOURCE_CLAIM_TEMPLATE: NativeTraits = {
  answersDeleted: true,
  setDefaults: (object) =>
    inField(object, "spec", (spec) => inField(spec, "spec", claimDefaults)),
};

function claimDefaults(spec: JsonObject): JsonObject {
  return inField(
    spec,
    "devices",
    (devices) =>
      inEach(devices, "requests", (request) =>
        inEach(
          inField(request, "exactly", counted),
          "firstAvailable",
          counted,
        )),
  );
}

function counted(request: JsonObject): JsonObject {
  const result = filled(request, { allocationMode: "ExactCount" });
  return result.allocationMode === "ExactCount"
    ? filled(result, { count: 1 })
    : result;
}
