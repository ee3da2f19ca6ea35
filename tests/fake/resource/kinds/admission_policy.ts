import { policyLimits } from "../../cel/cel_limits.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inEach, inField } from "./defaulted.ts";

/** Policies: `pkg/registry/admissionregistration` of Kubernetes. */
export const VALIDATING_ADMISSION_POLICY: NativeTraits = {
  countsGenerations: true,
  updatesUnconditionally: false,
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) =>
        inField(
          filled(spec, { failurePolicy: "Fail" }),
          "matchConstraints",
          matchDefaults,
        ),
    ),
  limits: policyLimits,
};

/** Bindings of policies. */
export const VALIDATING_ADMISSION_POLICY_BINDING: NativeTraits = {
  countsGenerations: true,
  updatesUnconditionally: false,
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) => inField(spec, "matchResources", matchDefaults),
    ),
};

function matchDefaults(match: JsonObject): JsonObject {
  const scoped = (rule: JsonObject) => filled(rule, { scope: "*" });
  const rules = inEach(match, "resourceRules", scoped);
  return filled(inEach(rules, "excludeResourceRules", scoped), {
    matchPolicy: "Equivalent",
    namespaceSelector: {},
    objectSelector: {},
  });
}
