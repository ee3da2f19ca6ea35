import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import { valueAt } from "../../object/field_path.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";

/** Kinds of `storage.k8s.io` that differ from most in nothing else. */
export const STORAGE: NativeTraits = { answersDeleted: true };

/** StorageClasses: `SetDefaults_StorageClass` of Kubernetes. */
export const STORAGE_CLASS: NativeTraits = {
  ...STORAGE,
  setDefaults: (object) =>
    filled(object, {
      reclaimPolicy: "Delete",
      volumeBindingMode: "Immediate",
    }),
};

/** CSIDrivers: `SetDefaults_CSIDriver`. */
export const CSI_DRIVER: NativeTraits = {
  ...STORAGE,
  updatesUnconditionally: false,
  setDefaults: (object) =>
    inField(object, "spec", (spec) =>
      filled(spec, {
        attachRequired: true,
        podInfoOnMount: false,
        storageCapacity: false,
        fsGroupPolicy: "ReadWriteOnceWithFSType",
        volumeLifecycleModes: ["Persistent"],
        requiresRepublish: false,
        seLinuxMount: false,
      })),
  warnings(object) {
    const requests = valueAt(object, ["spec", "tokenRequests"]);
    const inSecrets = valueAt(object, ["spec", "serviceAccountTokenInSecrets"]);
    return Array.isArray(requests) && inSecrets === undefined
      ? [
        "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes",
      ]
      : [];
  },
};

/** VolumeAttributesClasses, with the finalizer that admission adds. */
export const VOLUME_ATTRIBUTES_CLASS: NativeTraits = {
  ...STORAGE,
  prepareForCreate(object) {
    const { finalizers = [] } = metadataOf(object);
    return withMetadata(object, {
      finalizers: [...finalizers, "kubernetes.io/vac-protection"],
    });
  },
};
