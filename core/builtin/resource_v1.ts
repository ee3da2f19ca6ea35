import type * as v1 from "@cloudydeno/kubernetes-apis/resource.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A class of devices that pods can claim. */
export interface DeviceClass extends Builtin<v1.DeviceClass, "Cluster"> {}
/** Descriptor of `deviceclasses` in `resource.k8s.io/v1`. */
export const DeviceClass: Kind<DeviceClass, "Cluster"> = builtin({
  apiVersion: "resource.k8s.io/v1",
  kind: "DeviceClass",
  plural: "deviceclasses",
  scope: "Cluster",
});

/** A request for devices. */
export interface ResourceClaim
  extends Builtin<v1.ResourceClaim, "Namespaced"> {}
/** Descriptor of `resourceclaims` in `resource.k8s.io/v1`. */
export const ResourceClaim: Kind<ResourceClaim, "Namespaced"> = builtin({
  apiVersion: "resource.k8s.io/v1",
  kind: "ResourceClaim",
  plural: "resourceclaims",
  scope: "Namespaced",
});

/** A template for requests for devices, one per pod. */
export interface ResourceClaimTemplate
  extends Builtin<v1.ResourceClaimTemplate, "Namespaced"> {}
/** Descriptor of `resourceclaimtemplates` in `resource.k8s.io/v1`. */
export const ResourceClaimTemplate: Kind<ResourceClaimTemplate, "Namespaced"> =
  builtin({
    apiVersion: "resource.k8s.io/v1",
    kind: "ResourceClaimTemplate",
    plural: "resourceclaimtemplates",
    scope: "Namespaced",
  });

/** Devices that a driver offers. */
export interface ResourceSlice extends Builtin<v1.ResourceSlice, "Cluster"> {}
/** Descriptor of `resourceslices` in `resource.k8s.io/v1`. */
export const ResourceSlice: Kind<ResourceSlice, "Cluster"> = builtin({
  apiVersion: "resource.k8s.io/v1",
  kind: "ResourceSlice",
  plural: "resourceslices",
  scope: "Cluster",
});
