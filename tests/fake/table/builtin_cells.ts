import {
  policyBindingCells,
  policyCells,
  webhookCells,
} from "./admission_cells.ts";
import { autoscalerCells } from "./autoscaler_cells.ts";
import { cronJobCells, jobCells } from "./batch_cells.ts";
import {
  agedCells,
  apiServiceCells,
  configMapCells,
  createdCells,
  eventCells,
  leaseCells,
  namespaceCells,
  nodeCells,
  runtimeClassCells,
  secretCells,
} from "./cluster_cells.ts";
import { resourceClaimCells, resourceSliceCells } from "./device_cells.ts";
import {
  endpointsCells,
  endpointSliceCells,
  ingressCells,
  ingressClassCells,
  ipAddressCells,
  networkPolicyCells,
  serviceCells,
  serviceCidrCells,
} from "./network_cells.ts";
import { podCells, podTemplateCells } from "./pod_cells.ts";
import {
  budgetCells,
  flowSchemaCells,
  priorityClassCells,
  priorityLevelCells,
  quotaCells,
  roleBindingCells,
  signingRequestCells,
} from "./policy_cells.ts";
import type { CellsOf } from "./read_cell.ts";
import {
  attachmentCells,
  attributesClassCells,
  claimCells,
  csiDriverCells,
  csiNodeCells,
  storageClassCells,
  volumeCells,
} from "./storage_cells.ts";
import {
  controllerRevisionCells,
  daemonSetCells,
  deploymentCells,
  replicaSetCells,
  replicationControllerCells,
  statefulSetCells,
} from "./workload_cells.ts";

const CELLS: Readonly<Record<string, CellsOf>> = {
  APIService: apiServiceCells,
  ConfigMap: configMapCells,
  ControllerRevision: controllerRevisionCells,
  CertificateSigningRequest: signingRequestCells,
  ClusterRoleBinding: roleBindingCells,
  CronJob: cronJobCells,
  CSIDriver: csiDriverCells,
  CSINode: csiNodeCells,
  DaemonSet: daemonSetCells,
  Deployment: deploymentCells,
  DeviceClass: agedCells,
  Endpoints: endpointsCells,
  EndpointSlice: endpointSliceCells,
  Event: eventCells,
  FlowSchema: flowSchemaCells,
  HorizontalPodAutoscaler: autoscalerCells,
  Ingress: ingressCells,
  IngressClass: ingressClassCells,
  IPAddress: ipAddressCells,
  Job: jobCells,
  Lease: leaseCells,
  MutatingWebhookConfiguration: webhookCells,
  Namespace: namespaceCells,
  NetworkPolicy: networkPolicyCells,
  Node: nodeCells,
  PersistentVolume: volumeCells,
  PersistentVolumeClaim: claimCells,
  Pod: podCells,
  PodDisruptionBudget: budgetCells,
  PodTemplate: podTemplateCells,
  PriorityClass: priorityClassCells,
  PriorityLevelConfiguration: priorityLevelCells,
  ReplicaSet: replicaSetCells,
  ReplicationController: replicationControllerCells,
  ResourceClaim: resourceClaimCells,
  ResourceClaimTemplate: agedCells,
  ResourceQuota: quotaCells,
  ResourceSlice: resourceSliceCells,
  RoleBinding: roleBindingCells,
  RuntimeClass: runtimeClassCells,
  Secret: secretCells,
  Service: serviceCells,
  ServiceAccount: agedCells,
  ServiceCIDR: serviceCidrCells,
  StatefulSet: statefulSetCells,
  StorageClass: storageClassCells,
  ValidatingAdmissionPolicy: policyCells,
  ValidatingAdmissionPolicyBinding: policyBindingCells,
  ValidatingWebhookConfiguration: webhookCells,
  VolumeAttachment: attachmentCells,
  VolumeAttributesClass: attributesClassCells,
};

/**
 * Finds what writes the cells of a built-in kind, as `printers.go` of Kubernetes.
 *
 * @param kind The kind.
 * @returns Its cells; name and creation of kinds without a printer.
 */
export function builtinCells(kind: string): CellsOf {
  return CELLS[kind] ?? createdCells;
}
