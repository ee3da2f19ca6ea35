import { isObject } from "../../merge/json_value.ts";
import { type FieldError, invalidValue } from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";

/** Leases: `ValidateLeaseSpec` of Kubernetes. */
export const LEASE: NativeTraits = {
  createsOnUpdate: true,
  updatesUnconditionally: false,
  validate({ spec }) {
    const errors: FieldError[] = [];
    if (!isObject(spec)) return errors;
    const { leaseDurationSeconds: duration, leaseTransitions: count } = spec;
    if (typeof duration === "number" && duration <= 0) {
      const field = "spec.leaseDurationSeconds";
      errors.push(invalidValue(field, duration, "must be greater than 0"));
    }
    if (typeof count === "number" && count < 0) {
      const why = "must be greater than or equal to 0";
      errors.push(invalidValue("spec.leaseTransitions", count, why));
    }
    return errors;
  },
};
