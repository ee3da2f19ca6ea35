import type * as v1 from "@cloudydeno/kubernetes-apis/apiregistration.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A group-version that an aggregated API server serves. */
export interface APIService extends Builtin<v1.APIService, "Cluster"> {}
/** Descriptor of `apiservices` in `apiregistration.k8s.io/v1`. */
export const APIService: Kind<APIService, "Cluster"> = builtin({
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  plural: "apiservices",
  scope: "Cluster",
});
