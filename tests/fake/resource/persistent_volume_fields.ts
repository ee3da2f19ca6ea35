/** Fields of the spec of a PersistentVolume besides those that name its type. */
export const PERSISTENT_VOLUME_FIELDS: readonly string[] = [
  "accessModes",
  "capacity",
  "claimRef",
  "mountOptions",
  "nodeAffinity",
  "persistentVolumeReclaimPolicy",
  "storageClassName",
  "volumeAttributesClassName",
  "volumeMode",
];
