import type * as v1 from "@cloudydeno/kubernetes-apis/flowcontrol.apiserver.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** Which requests to the API server share a priority level. */
export interface FlowSchema extends Builtin<v1.FlowSchema, "Cluster"> {}
/** Descriptor of `flowschemas` in `flowcontrol.apiserver.k8s.io/v1`. */
export const FlowSchema: Kind<FlowSchema, "Cluster"> = builtin({
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  kind: "FlowSchema",
  plural: "flowschemas",
  scope: "Cluster",
});

/** How many requests of a priority level run at a time. */
export interface PriorityLevelConfiguration
  extends Builtin<v1.PriorityLevelConfiguration, "Cluster"> {}
/** Descriptor of `prioritylevelconfigurations` in `flowcontrol.apiserver.k8s.io/v1`. */
export const PriorityLevelConfiguration: Kind<
  PriorityLevelConfiguration,
  "Cluster"
> = builtin({
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  kind: "PriorityLevelConfiguration",
  plural: "prioritylevelconfigurations",
  scope: "Cluster",
});
