import type * as v1 from "@cloudydeno/kubernetes-apis/node.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A way to run containers. */
export interface RuntimeClass extends Builtin<v1.RuntimeClass, "Cluster"> {}
/** Descriptor of `runtimeclasses` in `node.k8s.io/v1`. */
export const RuntimeClass: Kind<RuntimeClass, "Cluster"> = builtin({
  apiVersion: "node.k8s.io/v1",
  kind: "RuntimeClass",
  plural: "runtimeclasses",
  scope: "Cluster",
});
