import { isObject } from "../../merge/json_value.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { inEach, inField } from "./defaulted.ts";

/** LimitRanges: `SetDefaults_LimitRangeItem` of Kubernetes. */
export const LIMIT_RANGE: NativeTraits = {
  createsOnUpdate: true,
  setDefaults: (object) =>
    inField(object, "spec", (spec) => inEach(spec, "limits", limitDefaults)),
};

function limitDefaults(limit: JsonObject): JsonObject {
  if (limit.type !== "Container") return limit;
  const standard = { ...map(limit.max), ...map(limit.default) };
  const request = {
    ...map(limit.min),
    ...standard,
    ...map(limit.defaultRequest),
  };
  return {
    ...limit,
    ...Object.keys(standard).length > 0 ? { default: standard } : {},
    ...Object.keys(request).length > 0 ? { defaultRequest: request } : {},
  };
}

function map(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
