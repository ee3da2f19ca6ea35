/**
 * Typed descriptors of every kind that Kubernetes 1.35 serves by default.
 *
 * A descriptor and the type of its objects share a name: `ConfigMap` is the
 * value that `client.resource()` takes, and the type of what it returns.
 * Objects are as in JSON: times and quantities are strings, members are
 * read-only, and `null` is left out. Where a kind has several versions the
 * latest has the plain name; `Event` is the one of `events.k8s.io`, and
 * `CoreEvent` that of the core group.
 *
 * The types come from `@cloudydeno/kubernetes-apis`; at run time nothing of it
 * is loaded.
 *
 * @example The descriptor, and the type of its objects
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { assertEquals } from "@std/assert";
 *
 * const data = (map: ConfigMap) => map.data ?? {};
 * assertEquals(ConfigMap.plural, "configmaps");
 * assertEquals(typeof data, "function");
 * ```
 *
 * @module
 */

// v1
export {
  Binding,
  ComponentStatus,
  ConfigMap,
  CoreEvent,
  Endpoints,
  LimitRange,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodTemplate,
  ReplicationController,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from "./core_v1.ts";

// admissionregistration.k8s.io/v1
export {
  MutatingWebhookConfiguration,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
} from "./admissionregistration_v1.ts";

// apiextensions.k8s.io/v1
export { CustomResourceDefinition } from "./apiextensions_v1.ts";

// apiregistration.k8s.io/v1
export { APIService } from "./apiregistration_v1.ts";

// apps/v1
export {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  StatefulSet,
} from "./apps_v1.ts";

// authentication.k8s.io/v1
export { SelfSubjectReview, TokenReview } from "./authentication_v1.ts";

// authorization.k8s.io/v1
export {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
} from "./authorization_v1.ts";

// autoscaling/v1
export { HorizontalPodAutoscalerV1 } from "./autoscaling_v1.ts";

// autoscaling/v2
export { HorizontalPodAutoscaler } from "./autoscaling_v2.ts";

// batch/v1
export { CronJob, Job } from "./batch_v1.ts";

// certificates.k8s.io/v1
export { CertificateSigningRequest } from "./certificates_v1.ts";

// coordination.k8s.io/v1
export { Lease } from "./coordination_v1.ts";

// discovery.k8s.io/v1
export { EndpointSlice } from "./discovery_v1.ts";

// events.k8s.io/v1
export { Event } from "./events_v1.ts";

// flowcontrol.apiserver.k8s.io/v1
export { FlowSchema, PriorityLevelConfiguration } from "./flowcontrol_v1.ts";

// networking.k8s.io/v1
export {
  Ingress,
  IngressClass,
  IPAddress,
  NetworkPolicy,
  ServiceCIDR,
} from "./networking_v1.ts";

// node.k8s.io/v1
export { RuntimeClass } from "./node_v1.ts";

// policy/v1
export { PodDisruptionBudget } from "./policy_v1.ts";

// rbac.authorization.k8s.io/v1
export {
  ClusterRole,
  ClusterRoleBinding,
  Role,
  RoleBinding,
} from "./rbac_v1.ts";

// resource.k8s.io/v1
export {
  DeviceClass,
  ResourceClaim,
  ResourceClaimTemplate,
  ResourceSlice,
} from "./resource_v1.ts";

// scheduling.k8s.io/v1
export { PriorityClass } from "./scheduling_v1.ts";

// storage.k8s.io/v1
export {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  StorageClass,
  VolumeAttachment,
  VolumeAttributesClass,
} from "./storage_v1.ts";

// how they are made
export type { Builtin } from "./builtin.ts";
