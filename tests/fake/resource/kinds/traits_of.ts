import type { ResourceInfo } from "../../schema/builtin_resources.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import { pathSegmentErrors } from "../../validation/qualified_name.ts";
import type { NativeTraits } from "../native_traits.ts";
import { API_SERVICE } from "./api_service.ts";
import {
  VALIDATING_ADMISSION_POLICY,
  VALIDATING_ADMISSION_POLICY_BINDING,
} from "./admission_policy.ts";
import { AUTOSCALER_V1 } from "./autoscaler_v1.ts";
import { CONFIG_MAP } from "./config_map.ts";
import { CUSTOM_RESOURCE_DEFINITION } from "./custom_resource_definition.ts";
import {
  COUNTED_DEVICE,
  RESOURCE_CLAIM,
  RESOURCE_CLAIM_TEMPLATE,
} from "./device.ts";
import { ENDPOINT_SLICE, ENDPOINTS } from "./endpoints.ts";
import { CORE_EVENT, EVENT } from "./event.ts";
import { filled } from "./defaulted.ts";
import { FLOW_SCHEMA, PRIORITY_LEVEL } from "./flow_control.ts";
import { CRON_JOB, JOB } from "./job.ts";
import { LEASE } from "./lease.ts";
import { NAMESPACE } from "./namespace.ts";
import {
  AUTOSCALER,
  INGRESS,
  INGRESS_CLASS,
  NETWORK_POLICY,
  ROLE_BINDING,
} from "./network.ts";
import { NODE } from "./node.ts";
import { POD } from "./pod.ts";
import { POD_TEMPLATE, REPLICATION_CONTROLLER } from "./pod_template.ts";
import { LIMIT_RANGE } from "./quota.ts";
import { SECRET } from "./secret.ts";
import { SIGNING_REQUEST } from "./signing_request.ts";
import { SERVICE } from "./service.ts";
import { PERSISTENT_VOLUME, PERSISTENT_VOLUME_CLAIM } from "./storage_claim.ts";
import {
  CSI_DRIVER,
  STORAGE,
  STORAGE_CLASS,
  VOLUME_ATTRIBUTES_CLASS,
} from "./storage_class.ts";
import {
  MUTATING_WEBHOOK_CONFIGURATION,
  VALIDATING_WEBHOOK_CONFIGURATION,
} from "./webhook_configuration.ts";
import {
  CONTROLLER_REVISION,
  DAEMON_SET,
  DEPLOYMENT,
  REPLICA_SET,
  STATEFUL_SET,
} from "./workload.ts";

const RBAC: NativeTraits = {
  createsOnUpdate: true,
  nameErrors: pathSegmentErrors,
};
const COUNTED: NativeTraits = { countsGenerations: true };
const ANSWERS: NativeTraits = { answersDeleted: true };
const STRICT: NativeTraits = { updatesUnconditionally: false };

const IP_REGEXP = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]*)$/;

function ipErrors(name: string): string[] {
  return IP_REGEXP.test(name)
    ? []
    : ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
}

const TRAITS: Readonly<Record<string, NativeTraits>> = {
  "/ConfigMap": CONFIG_MAP,
  "/Endpoints": ENDPOINTS,
  "/Event": CORE_EVENT,
  "/LimitRange": LIMIT_RANGE,
  "/Namespace": NAMESPACE,
  "/Node": NODE,
  "/PersistentVolume": PERSISTENT_VOLUME,
  "/PersistentVolumeClaim": PERSISTENT_VOLUME_CLAIM,
  "/Pod": POD,
  "/PodTemplate": POD_TEMPLATE,
  "/ReplicationController": REPLICATION_CONTROLLER,
  "/ResourceQuota": ANSWERS,
  "/Secret": SECRET,
  "/Service": SERVICE,
  "/ServiceAccount": ANSWERS,
  "admissionregistration.k8s.io/MutatingWebhookConfiguration":
    MUTATING_WEBHOOK_CONFIGURATION,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy":
    VALIDATING_ADMISSION_POLICY,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding":
    VALIDATING_ADMISSION_POLICY_BINDING,
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration":
    VALIDATING_WEBHOOK_CONFIGURATION,
  "apiregistration.k8s.io/APIService": API_SERVICE,
  "apiextensions.k8s.io/CustomResourceDefinition": CUSTOM_RESOURCE_DEFINITION,
  "apps/ControllerRevision": CONTROLLER_REVISION,
  "apps/DaemonSet": DAEMON_SET,
  "apps/Deployment": DEPLOYMENT,
  "apps/ReplicaSet": REPLICA_SET,
  "apps/StatefulSet": STATEFUL_SET,
  "autoscaling/HorizontalPodAutoscaler": AUTOSCALER,
  "batch/CronJob": CRON_JOB,
  "batch/Job": JOB,
  "certificates.k8s.io/CertificateSigningRequest": SIGNING_REQUEST,
  "coordination.k8s.io/Lease": LEASE,
  "discovery.k8s.io/EndpointSlice": ENDPOINT_SLICE,
  "events.k8s.io/Event": EVENT,
  "flowcontrol.apiserver.k8s.io/FlowSchema": FLOW_SCHEMA,
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration": PRIORITY_LEVEL,
  "networking.k8s.io/Ingress": INGRESS,
  "networking.k8s.io/NetworkPolicy": NETWORK_POLICY,
  "policy/PodDisruptionBudget": {
    ...COUNTED,
    ...STRICT,
    nameErrors: () => [],
  },
  "rbac.authorization.k8s.io/ClusterRole": RBAC,
  "rbac.authorization.k8s.io/ClusterRoleBinding": {
    ...ROLE_BINDING,
    nameErrors: pathSegmentErrors,
  },
  "rbac.authorization.k8s.io/Role": RBAC,
  "rbac.authorization.k8s.io/RoleBinding": {
    ...ROLE_BINDING,
    nameErrors: pathSegmentErrors,
  },
  "networking.k8s.io/IPAddress": { nameErrors: ipErrors },
  "networking.k8s.io/IngressClass": INGRESS_CLASS,
  "node.k8s.io/RuntimeClass": { ...STRICT, createsOnUpdate: true },
  "resource.k8s.io/DeviceClass": COUNTED_DEVICE,
  "resource.k8s.io/ResourceClaim": RESOURCE_CLAIM,
  "resource.k8s.io/ResourceClaimTemplate": RESOURCE_CLAIM_TEMPLATE,
  "resource.k8s.io/ResourceSlice": {
    ...COUNTED_DEVICE,
    unknownFieldText: (field) =>
      `field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: ${field}`,
  },
  "scheduling.k8s.io/PriorityClass": {
    setDefaults: (object) =>
      filled(object, { preemptionPolicy: "PreemptLowerPriority" }),
    prepareForCreate: (object) => withMetadata(object, { generation: 1 }),
    prepareForUpdate: ({ live, next }) =>
      withMetadata(next, { generation: metadataOf(live).generation }),
  },
  "storage.k8s.io/CSIDriver": CSI_DRIVER,
  "storage.k8s.io/CSINode": { ...STORAGE, ...STRICT },
  "storage.k8s.io/CSIStorageCapacity": STRICT,
  "storage.k8s.io/StorageClass": STORAGE_CLASS,
  "storage.k8s.io/VolumeAttachment": { ...STORAGE, ...STRICT },
  "storage.k8s.io/VolumeAttributesClass": VOLUME_ATTRIBUTES_CLASS,
};

/** Kinds whose changes are checked as new objects are, metadata included. */
const CHECKED_ANEW = new Set([
  "ClusterRole",
  "ClusterRoleBinding",
  "ConfigMap",
  "CSINode",
  "CSIStorageCapacity",
  "DeviceClass",
  "Endpoints",
  "Job",
  "Namespace",
  "NetworkPolicy",
  "Node",
  "PersistentVolume",
  "ResourceClaim",
  "ResourceClaimTemplate",
  "Role",
  "RoleBinding",
  "Secret",
  "ServiceAccount",
  "StorageClass",
]);

function metadataChecksOf(kind: string): number {
  if (kind === "PodDisruptionBudget") return 0;
  return CHECKED_ANEW.has(kind) ? 2 : 1;
}

/**
 * Finds how a built-in kind differs from most.
 *
 * @param info What discovery says of it.
 * @returns The differences.
 */
export function traitsOf(
  { group, version, kind }: ResourceInfo,
): NativeTraits {
  if (group === "autoscaling" && version === "v1") return AUTOSCALER_V1;
  return {
    ...TRAITS[`${group}/${kind}`],
    metadataChecks: metadataChecksOf(kind),
  };
}
