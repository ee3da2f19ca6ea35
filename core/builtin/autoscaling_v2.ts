import type * as v2 from "@cloudydeno/kubernetes-apis/autoscaling/v2";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** Scaling of a workload by metrics. */
export interface HorizontalPodAutoscaler
  extends Builtin<v2.HorizontalPodAutoscaler, "Namespaced"> {}
/** Descriptor of `horizontalpodautoscalers` in `autoscaling/v2`. */
export const HorizontalPodAutoscaler: Kind<
  HorizontalPodAutoscaler,
  "Namespaced"
> = builtin({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  scope: "Namespaced",
});
