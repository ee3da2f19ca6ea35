import type * as v1 from "@cloudydeno/kubernetes-apis/policy/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** How many pods may be missing at a time. */
export interface PodDisruptionBudget
  extends Builtin<v1.PodDisruptionBudget, "Namespaced"> {}
/** Descriptor of `poddisruptionbudgets` in `policy/v1`. */
export const PodDisruptionBudget: Kind<PodDisruptionBudget, "Namespaced"> =
  builtin({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    plural: "poddisruptionbudgets",
    scope: "Namespaced",
  });
