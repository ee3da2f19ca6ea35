import type * as v1 from "@cloudydeno/kubernetes-apis/core/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A choice of the node for a pod; it can only be created. */
export interface Binding extends Builtin<v1.Binding, "Namespaced"> {}
/** Descriptor of `bindings` in `v1`. */
export const Binding: Kind<Binding, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "Binding",
  plural: "bindings",
  scope: "Namespaced",
});

/**
 * The health of a control plane component; deprecated since Kubernetes 1.19.
 */
export interface ComponentStatus
  extends Builtin<v1.ComponentStatus, "Cluster"> {}
/** Descriptor of `componentstatuses` in `v1`. */
export const ComponentStatus: Kind<ComponentStatus, "Cluster"> = builtin({
  apiVersion: "v1",
  kind: "ComponentStatus",
  plural: "componentstatuses",
  scope: "Cluster",
});

/** Configuration data for pods. */
export interface ConfigMap extends Builtin<v1.ConfigMap, "Namespaced"> {}
/** Descriptor of `configmaps` in `v1`. */
export const ConfigMap: Kind<ConfigMap, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  scope: "Namespaced",
});

/** A report of what happened, in its older form; see `Event`. */
export interface CoreEvent extends Builtin<v1.Event, "Namespaced"> {}
/** Descriptor of `events` in `v1`. */
export const CoreEvent: Kind<CoreEvent, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "Event",
  plural: "events",
  scope: "Namespaced",
});

/** The addresses behind a service; deprecated, see `EndpointSlice`. */
export interface Endpoints extends Builtin<v1.Endpoints, "Namespaced"> {}
/** Descriptor of `endpoints` in `v1`. */
export const Endpoints: Kind<Endpoints, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "Endpoints",
  plural: "endpoints",
  scope: "Namespaced",
});

/** Limits and defaults for what each pod or claim in a namespace may use. */
export interface LimitRange extends Builtin<v1.LimitRange, "Namespaced"> {}
/** Descriptor of `limitranges` in `v1`. */
export const LimitRange: Kind<LimitRange, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "LimitRange",
  plural: "limitranges",
  scope: "Namespaced",
});

/** A scope for names. */
export interface Namespace extends Builtin<v1.Namespace, "Cluster"> {}
/** Descriptor of `namespaces` in `v1`. */
export const Namespace: Kind<Namespace, "Cluster"> = builtin({
  apiVersion: "v1",
  kind: "Namespace",
  plural: "namespaces",
  scope: "Cluster",
});

/** A machine that runs pods. */
export interface Node extends Builtin<v1.Node, "Cluster"> {}
/** Descriptor of `nodes` in `v1`. */
export const Node: Kind<Node, "Cluster"> = builtin({
  apiVersion: "v1",
  kind: "Node",
  plural: "nodes",
  scope: "Cluster",
});

/** A piece of storage. */
export interface PersistentVolume
  extends Builtin<v1.PersistentVolume, "Cluster"> {}
/** Descriptor of `persistentvolumes` in `v1`. */
export const PersistentVolume: Kind<PersistentVolume, "Cluster"> = builtin({
  apiVersion: "v1",
  kind: "PersistentVolume",
  plural: "persistentvolumes",
  scope: "Cluster",
});

/** A request for storage. */
export interface PersistentVolumeClaim
  extends Builtin<v1.PersistentVolumeClaim, "Namespaced"> {}
/** Descriptor of `persistentvolumeclaims` in `v1`. */
export const PersistentVolumeClaim: Kind<PersistentVolumeClaim, "Namespaced"> =
  builtin({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    plural: "persistentvolumeclaims",
    scope: "Namespaced",
  });

/** A group of containers on one node. */
export interface Pod extends Builtin<v1.Pod, "Namespaced"> {}
/** Descriptor of `pods` in `v1`. */
export const Pod: Kind<Pod, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "Pod",
  plural: "pods",
  scope: "Namespaced",
});

/** A template for pods. */
export interface PodTemplate extends Builtin<v1.PodTemplate, "Namespaced"> {}
/** Descriptor of `podtemplates` in `v1`. */
export const PodTemplate: Kind<PodTemplate, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "PodTemplate",
  plural: "podtemplates",
  scope: "Namespaced",
});

/** A number of equal pods; `Deployment` is the newer way. */
export interface ReplicationController
  extends Builtin<v1.ReplicationController, "Namespaced"> {}
/** Descriptor of `replicationcontrollers` in `v1`. */
export const ReplicationController: Kind<ReplicationController, "Namespaced"> =
  builtin({
    apiVersion: "v1",
    kind: "ReplicationController",
    plural: "replicationcontrollers",
    scope: "Namespaced",
  });

/** Limits for what a whole namespace may use. */
export interface ResourceQuota
  extends Builtin<v1.ResourceQuota, "Namespaced"> {}
/** Descriptor of `resourcequotas` in `v1`. */
export const ResourceQuota: Kind<ResourceQuota, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "ResourceQuota",
  plural: "resourcequotas",
  scope: "Namespaced",
});

/** Confidential data for pods; values are in base64. */
export interface Secret extends Builtin<v1.Secret, "Namespaced"> {}
/** Descriptor of `secrets` in `v1`. */
export const Secret: Kind<Secret, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "Secret",
  plural: "secrets",
  scope: "Namespaced",
});

/** A stable address for a set of pods. */
export interface Service extends Builtin<v1.Service, "Namespaced"> {}
/** Descriptor of `services` in `v1`. */
export const Service: Kind<Service, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "Service",
  plural: "services",
  scope: "Namespaced",
});

/** An identity for pods. */
export interface ServiceAccount
  extends Builtin<v1.ServiceAccount, "Namespaced"> {}
/** Descriptor of `serviceaccounts` in `v1`. */
export const ServiceAccount: Kind<ServiceAccount, "Namespaced"> = builtin({
  apiVersion: "v1",
  kind: "ServiceAccount",
  plural: "serviceaccounts",
  scope: "Namespaced",
});
