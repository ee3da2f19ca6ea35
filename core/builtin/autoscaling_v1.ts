import type * as v1 from "@cloudydeno/kubernetes-apis/autoscaling/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/**
 * Scaling of a workload by CPU use, in its older form; see
 * `HorizontalPodAutoscaler`.
 */
export interface HorizontalPodAutoscalerV1
  extends Builtin<v1.HorizontalPodAutoscaler, "Namespaced"> {}
/** Descriptor of `horizontalpodautoscalers` in `autoscaling/v1`. */
export const HorizontalPodAutoscalerV1: Kind<
  HorizontalPodAutoscalerV1,
  "Namespaced"
> = builtin({
  apiVersion: "autoscaling/v1",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  scope: "Namespaced",
});
