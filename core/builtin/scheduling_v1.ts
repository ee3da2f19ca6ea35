import type * as v1 from "@cloudydeno/kubernetes-apis/scheduling.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A priority for pods. */
export interface PriorityClass extends Builtin<v1.PriorityClass, "Cluster"> {}
/** Descriptor of `priorityclasses` in `scheduling.k8s.io/v1`. */
export const PriorityClass: Kind<PriorityClass, "Cluster"> = builtin({
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  plural: "priorityclasses",
  scope: "Cluster",
});
