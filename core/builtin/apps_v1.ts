import type * as v1 from "@cloudydeno/kubernetes-apis/apps/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A snapshot of the state of a workload, for roll-backs. */
export interface ControllerRevision
  extends Builtin<v1.ControllerRevision, "Namespaced"> {}
/** Descriptor of `controllerrevisions` in `apps/v1`. */
export const ControllerRevision: Kind<ControllerRevision, "Namespaced"> =
  builtin({
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    plural: "controllerrevisions",
    scope: "Namespaced",
  });

/** A pod on each of some nodes. */
export interface DaemonSet extends Builtin<v1.DaemonSet, "Namespaced"> {}
/** Descriptor of `daemonsets` in `apps/v1`. */
export const DaemonSet: Kind<DaemonSet, "Namespaced"> = builtin({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  plural: "daemonsets",
  scope: "Namespaced",
});

/** Equal pods that are replaced step by step when their template changes. */
export interface Deployment extends Builtin<v1.Deployment, "Namespaced"> {}
/** Descriptor of `deployments` in `apps/v1`. */
export const Deployment: Kind<Deployment, "Namespaced"> = builtin({
  apiVersion: "apps/v1",
  kind: "Deployment",
  plural: "deployments",
  scope: "Namespaced",
});

/** A number of equal pods. */
export interface ReplicaSet extends Builtin<v1.ReplicaSet, "Namespaced"> {}
/** Descriptor of `replicasets` in `apps/v1`. */
export const ReplicaSet: Kind<ReplicaSet, "Namespaced"> = builtin({
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  plural: "replicasets",
  scope: "Namespaced",
});

/** Pods with stable names and storage. */
export interface StatefulSet extends Builtin<v1.StatefulSet, "Namespaced"> {}
/** Descriptor of `statefulsets` in `apps/v1`. */
export const StatefulSet: Kind<StatefulSet, "Namespaced"> = builtin({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  plural: "statefulsets",
  scope: "Namespaced",
});
