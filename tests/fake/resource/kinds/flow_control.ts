import { valueAt } from "../../object/field_path.ts";
import { required } from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";

/** FlowSchemas: `SetDefaults_FlowSchemaSpec` of Kubernetes. */
export const FLOW_SCHEMA: NativeTraits = {
  countsGenerations: true,
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) => filled(spec, { matchingPrecedence: 1000 }),
    ),
};

const QUEUING = { handSize: 8, queues: 64, queueLengthLimit: 50 };
const LIMITED = { nominalConcurrencyShares: 30, lendablePercent: 0 };
const EXEMPT = { nominalConcurrencyShares: 0, lendablePercent: 0 };

/** PriorityLevelConfigurations: `pkg/apis/flowcontrol/v1/defaults.go`. */
export const PRIORITY_LEVEL: NativeTraits = {
  countsGenerations: true,
  setDefaults: (object) =>
    inField(object, "spec", (spec) => {
      const limited = inField(spec, "limited", (of) =>
        inField(
          filled(of, LIMITED),
          "limitResponse",
          (response) =>
            inField(response, "queuing", (queuing) => filled(queuing, QUEUING)),
        ));
      return inField(limited, "exempt", (exempt) => filled(exempt, EXEMPT));
    }),
  validate(object) {
    const path = ["spec", "limited", "limitResponse"];
    const isQueued = valueAt(object, [...path, "type"]) === "Queue";
    if (!isQueued || valueAt(object, [...path, "queuing"]) !== undefined) {
      return [];
    }
    const why = "must not be empty if limited.limitResponse.type is Limited";
    return [required(`${path.join(".")}.queuing`, why)];
  },
};
