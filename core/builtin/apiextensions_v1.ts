import type * as v1 from "@cloudydeno/kubernetes-apis/apiextensions.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** The definition of a custom kind. */
export interface CustomResourceDefinition
  extends Builtin<v1.CustomResourceDefinition, "Cluster"> {}
/** Descriptor of `customresourcedefinitions` in `apiextensions.k8s.io/v1`. */
export const CustomResourceDefinition: Kind<
  CustomResourceDefinition,
  "Cluster"
> = builtin({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  scope: "Cluster",
});
