import type * as v1 from "@cloudydeno/kubernetes-apis/coordination.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A claim for some time, as for leader election. */
export interface Lease extends Builtin<v1.Lease, "Namespaced"> {}
/** Descriptor of `leases` in `coordination.k8s.io/v1`. */
export const Lease: Kind<Lease, "Namespaced"> = builtin({
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  plural: "leases",
  scope: "Namespaced",
});
