import type * as v1 from "@cloudydeno/kubernetes-apis/apps/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A Deployment, as JSON: times and quantities are strings. */
export interface Deployment extends Builtin<v1.Deployment, "Namespaced"> {}
/** Descriptor of `apps/v1` Deployments. */
export const Deployment: Kind<Deployment, "Namespaced"> = builtin({
  apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", scope: "Namespaced",
});
