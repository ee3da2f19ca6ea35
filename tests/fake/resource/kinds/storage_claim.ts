import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";

/** Fills in the defaults of a claim, in a claim or a template. */
export function claimDefaults(object: JsonObject): JsonObject {
  return inField(
    object,
    "spec",
    (spec) => filled(spec, { volumeMode: "Filesystem" }),
  );
}

/** PersistentVolumeClaims, with the finalizer that admission adds. */
export const PERSISTENT_VOLUME_CLAIM: NativeTraits = {
  answersDeleted: true,
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) => filled(spec, { volumeMode: "Filesystem" }),
    ),
  prepareForCreate(object) {
    const { finalizers = [] } = metadataOf(object);
    return {
      ...withMetadata(object, {
        finalizers: [...finalizers, "kubernetes.io/pvc-protection"],
      }),
      status: { phase: "Pending" },
    };
  },
  warnings: classWarnings,
};

const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

function classWarnings(object: JsonObject): string[] {
  const { annotations = {} } = metadataOf(object);
  return Object.hasOwn(annotations, BETA_CLASS)
    ? [
      `metadata.annotations[${BETA_CLASS}]: deprecated since v1.8; use "storageClassName" attribute instead`,
    ]
    : [];
}

/** PersistentVolumes, with the finalizer that admission adds. */
export const PERSISTENT_VOLUME: NativeTraits = {
  answersDeleted: true,
  setDefaults: (object) =>
    inField(object, "spec", (spec) =>
      inField(
        filled(spec, {
          persistentVolumeReclaimPolicy: "Retain",
          volumeMode: "Filesystem",
        }),
        "hostPath",
        (path) => ({ type: "", ...path }),
      )),
  prepareForCreate(object, { now }) {
    const { finalizers = [] } = metadataOf(object);
    return {
      ...withMetadata(object, {
        finalizers: [...finalizers, "kubernetes.io/pv-protection"],
      }),
      status: { phase: "Pending", lastPhaseTransitionTime: now },
    };
  },
  warnings: classWarnings,
};
