import type * as v1 from "@cloudydeno/kubernetes-apis/discovery.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A part of the addresses behind a service. */
export interface EndpointSlice
  extends Builtin<v1.EndpointSlice, "Namespaced"> {}
/** Descriptor of `endpointslices` in `discovery.k8s.io/v1`. */
export const EndpointSlice: Kind<EndpointSlice, "Namespaced"> = builtin({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  plural: "endpointslices",
  scope: "Namespaced",
});
