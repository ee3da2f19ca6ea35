import { valueAt } from "../../object/field_path.ts";
import { isObject } from "../../merge/json_value.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";

const NOT_READY = {
  key: "node.kubernetes.io/not-ready",
  effect: "NoSchedule",
};

/** Nodes, with the taint that admission gives to new ones. */
export const NODE: NativeTraits = {
  unknownFieldText: (field) => `field label not supported: ${field}`,
  selectableFields: {
    "spec.unschedulable": (object) =>
      String(valueAt(object, ["spec", "unschedulable"]) ?? false),
  },
  setDefaults: (object) =>
    inField(inField(object, "spec", withAddresses), "status", (status) => {
      const { capacity } = status;
      return capacity === undefined
        ? status
        : filled(status, { allocatable: capacity });
    }),
  prepareForCreate(object) {
    const spec = isObject(object.spec) ? object.spec : {};
    const taints = Array.isArray(spec.taints) ? spec.taints : [];
    return { ...object, spec: { ...spec, taints: [...taints, NOT_READY] } };
  },
};

/** The first range of addresses is told twice. */
function withAddresses(spec: JsonObject): JsonObject {
  const { podCIDR } = spec;
  return podCIDR ? filled(spec, { podCIDRs: [podCIDR] }) : spec;
}
