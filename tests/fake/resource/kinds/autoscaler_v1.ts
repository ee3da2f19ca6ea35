import { isObject } from "../../merge/json_value.ts";
import { without } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";

const TARGET = "targetCPUUtilizationPercentage";
const CURRENT = "currentCPUUtilizationPercentage";

/** Horizontal pod autoscalers in v1: `SetDefaults_HorizontalPodAutoscaler`. */
export const AUTOSCALER_V1: NativeTraits = {
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) => filled(spec, { minReplicas: 1, [TARGET]: 80 }),
    ),
};

/**
 * Turns an autoscaler of v1 into one of v2, as all are stored.
 *
 * @param object The autoscaler.
 * @returns The same one.
 */
export function toAutoscalerV2(object: JsonObject): JsonObject {
  const specified = inField(object, "spec", (spec) => {
    const averageUtilization = spec[TARGET];
    const target = { type: "Utilization", averageUtilization };
    return {
      ...without(spec, TARGET),
      ...averageUtilization === undefined ? {} : {
        metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
      },
    };
  });
  return inField(specified, "status", (status) => {
    const averageUtilization = status[CURRENT];
    const resource = {
      name: "cpu",
      current: { averageValue: "0", averageUtilization },
    };
    return {
      ...without(status, CURRENT),
      currentMetrics: averageUtilization === undefined
        ? null
        : [{ type: "Resource", resource }],
    };
  });
}

/**
 * Turns an autoscaler of v2 into one of v1, which knows no metric but the use
 * of the CPU.
 *
 * @param object The autoscaler.
 * @returns The same one.
 */
export function toAutoscalerV1(object: JsonObject): JsonObject {
  const specified = inField(object, "spec", (spec) => {
    const used = utilization(spec.metrics, "target");
    return {
      ...without(spec, "metrics", "behavior"),
      ...used === undefined ? {} : { [TARGET]: used },
    };
  });
  return inField(specified, "status", (status) => {
    const used = utilization(status.currentMetrics, "current");
    const { currentReplicas = 0 } = status;
    return {
      currentReplicas,
      ...without(status, "currentMetrics", "conditions"),
      ...used === undefined ? {} : { [CURRENT]: used },
    };
  });
}

function utilization(metrics: unknown, field: string): unknown {
  const list = Array.isArray(metrics) ? metrics : [];
  for (const { resource } of list.filter(isObject)) {
    const value = isObject(resource) && resource.name === "cpu"
      ? resource[field]
      : undefined;
    if (isObject(value)) return value.averageUtilization;
  }
  return undefined;
}
