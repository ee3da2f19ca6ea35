import type { ResourceInfo } from "../../schema/builtin_resources.ts";
import { withMetadata } from "../../object/object_meta.ts";
import { pathSegmentErrors } from "../../validation/qualified_name.ts";
import type { NativeTraits } from "../native_traits.ts";
import { CONFIG_MAP } from "./config_map.ts";
import { CUSTOM_RESOURCE_DEFINITION } from "./custom_resource_definition.ts";
import { CORE_EVENT, EVENT } from "./event.ts";
import { filled } from "./defaulted.ts";
import { CRON_JOB, JOB } from "./job.ts";
import { LEASE } from "./lease.ts";
import { NAMESPACE } from "./namespace.ts";
import {
  AUTOSCALER,
  ENDPOINTS,
  INGRESS,
  NETWORK_POLICY,
  ROLE_BINDING,
} from "./network.ts";
import { POD } from "./pod.ts";
import { SECRET } from "./secret.ts";
import { SERVICE } from "./service.ts";
import { PERSISTENT_VOLUME, PERSISTENT_VOLUME_CLAIM } from "./storage_claim.ts";
import {
  MUTATING_WEBHOOK_CONFIGURATION,
  VALIDATING_WEBHOOK_CONFIGURATION,
} from "./webhook_configuration.ts";
import {
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

const TRAITS: Readonly<Record<string, NativeTraits>> = {
  "/ConfigMap": CONFIG_MAP,
  "/Endpoints": ENDPOINTS,
  "/Event": CORE_EVENT,
  "/LimitRange": { createsOnUpdate: true },
  "/Namespace": NAMESPACE,
  "/Node": {
    unknownFieldText: (field) => `field label not supported: ${field}`,
  },
  "/PersistentVolume": PERSISTENT_VOLUME,
  "/PersistentVolumeClaim": PERSISTENT_VOLUME_CLAIM,
  "/Pod": POD,
  "/PodTemplate": ANSWERS,
  "/ResourceQuota": ANSWERS,
  "/Secret": SECRET,
  "/Service": SERVICE,
  "/ServiceAccount": ANSWERS,
  "admissionregistration.k8s.io/MutatingWebhookConfiguration":
    MUTATING_WEBHOOK_CONFIGURATION,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": {
    ...COUNTED,
    ...STRICT,
  },
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration":
    VALIDATING_WEBHOOK_CONFIGURATION,
  "apiextensions.k8s.io/CustomResourceDefinition": CUSTOM_RESOURCE_DEFINITION,
  "apps/DaemonSet": DAEMON_SET,
  "apps/Deployment": DEPLOYMENT,
  "apps/ReplicaSet": REPLICA_SET,
  "apps/StatefulSet": STATEFUL_SET,
  "autoscaling/HorizontalPodAutoscaler": AUTOSCALER,
  "batch/CronJob": CRON_JOB,
  "batch/Job": JOB,
  "coordination.k8s.io/Lease": LEASE,
  "events.k8s.io/Event": EVENT,
  "networking.k8s.io/Ingress": INGRESS,
  "networking.k8s.io/NetworkPolicy": NETWORK_POLICY,
  "policy/PodDisruptionBudget": { ...COUNTED, ...STRICT },
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
  "networking.k8s.io/IngressClass": COUNTED,
  "scheduling.k8s.io/PriorityClass": {
    setDefaults: (object) =>
      filled(object, { preemptionPolicy: "PreemptLowerPriority" }),
    prepareForCreate: (object) => withMetadata(object, { generation: 1 }),
  },
  "storage.k8s.io/StorageClass": {
    answersDeleted: true,
    setDefaults: (object) =>
      filled(object, {
        reclaimPolicy: "Delete",
        volumeBindingMode: "Immediate",
      }),
  },
};

/**
 * Finds how a built-in kind differs from most.
 *
 * @param info What discovery says of it.
 * @returns The differences.
 */
export function traitsOf({ group, kind }: ResourceInfo): NativeTraits {
  return TRAITS[`${group}/${kind}`] ?? {};
}
