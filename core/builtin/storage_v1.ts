import type * as v1 from "@cloudydeno/kubernetes-apis/storage.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A storage driver, and how to treat it. */
export interface CSIDriver extends Builtin<v1.CSIDriver, "Cluster"> {}
/** Descriptor of `csidrivers` in `storage.k8s.io/v1`. */
export const CSIDriver: Kind<CSIDriver, "Cluster"> = builtin({
  apiVersion: "storage.k8s.io/v1",
  kind: "CSIDriver",
  plural: "csidrivers",
  scope: "Cluster",
});

/** The storage drivers on a node. */
export interface CSINode extends Builtin<v1.CSINode, "Cluster"> {}
/** Descriptor of `csinodes` in `storage.k8s.io/v1`. */
export const CSINode: Kind<CSINode, "Cluster"> = builtin({
  apiVersion: "storage.k8s.io/v1",
  kind: "CSINode",
  plural: "csinodes",
  scope: "Cluster",
});

/** How much storage a driver has left, and where. */
export interface CSIStorageCapacity
  extends Builtin<v1.CSIStorageCapacity, "Namespaced"> {}
/** Descriptor of `csistoragecapacities` in `storage.k8s.io/v1`. */
export const CSIStorageCapacity: Kind<CSIStorageCapacity, "Namespaced"> =
  builtin({
    apiVersion: "storage.k8s.io/v1",
    kind: "CSIStorageCapacity",
    plural: "csistoragecapacities",
    scope: "Namespaced",
  });

/** A way to make volumes. */
export interface StorageClass extends Builtin<v1.StorageClass, "Cluster"> {}
/** Descriptor of `storageclasses` in `storage.k8s.io/v1`. */
export const StorageClass: Kind<StorageClass, "Cluster"> = builtin({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  plural: "storageclasses",
  scope: "Cluster",
});

/** A volume that is attached to a node, or shall be. */
export interface VolumeAttachment
  extends Builtin<v1.VolumeAttachment, "Cluster"> {}
/** Descriptor of `volumeattachments` in `storage.k8s.io/v1`. */
export const VolumeAttachment: Kind<VolumeAttachment, "Cluster"> = builtin({
  apiVersion: "storage.k8s.io/v1",
  kind: "VolumeAttachment",
  plural: "volumeattachments",
  scope: "Cluster",
});

/** Attributes of volumes that can change. */
export interface VolumeAttributesClass
  extends Builtin<v1.VolumeAttributesClass, "Cluster"> {}
/** Descriptor of `volumeattributesclasses` in `storage.k8s.io/v1`. */
export const VolumeAttributesClass: Kind<VolumeAttributesClass, "Cluster"> =
  builtin({
    apiVersion: "storage.k8s.io/v1",
    kind: "VolumeAttributesClass",
    plural: "volumeattributesclasses",
    scope: "Cluster",
  });
