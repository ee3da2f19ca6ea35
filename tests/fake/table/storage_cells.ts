import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  type CellsOf,
  objectsAt,
  sizeAt,
  textAt,
  textsAt,
} from "./read_cell.ts";

const UNSET = "<unset>";
const MODES: readonly (readonly [string, string])[] = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
];
const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
const DEFAULT_CLASS = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

function annotation(object: JsonObject, name: string): unknown {
  return valueAt(object, ["metadata", "annotations", name]);
}

function modesText(modes: readonly string[]): string {
  return MODES.filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short).join(",");
}

function className(object: JsonObject): string {
  const beta = annotation(object, BETA_CLASS);
  return typeof beta === "string"
    ? beta
    : textAt(object, "spec.storageClassName");
}

function phaseOf(object: JsonObject): string {
  return textAt(object, "metadata.deletionTimestamp") === ""
    ? textAt(object, "status.phase")
    : "Terminating";
}

/** Cells of a PersistentVolume. */
export const volumeCells: CellsOf = (object, now) => {
  const claim = valueAt(object, ["spec", "claimRef"]);
  return [
    textAt(object, "metadata.name"),
    textAt(object, "spec.capacity.storage") || "0",
    modesText(textsAt(object, "spec.accessModes")),
    textAt(object, "spec.persistentVolumeReclaimPolicy"),
    phaseOf(object),
    claim === undefined
      ? ""
      : `${textAt(claim, "namespace")}/${textAt(claim, "name")}`,
    className(object),
    textAt(object, "spec.volumeAttributesClassName") || UNSET,
    textAt(object, "status.reason"),
    ageOf(object, now),
    textAt(object, "spec.volumeMode") || UNSET,
  ];
};

/** Cells of a PersistentVolumeClaim. */
export const claimCells: CellsOf = (object, now) => {
  const volume = textAt(object, "spec.volumeName");
  const capacity = textAt(object, "status.capacity.storage") || "0";
  return [
    textAt(object, "metadata.name"),
    phaseOf(object),
    volume,
    volume === "" ? "" : capacity,
    volume === "" ? "" : modesText(textsAt(object, "status.accessModes")),
    className(object),
    textAt(object, "spec.volumeAttributesClassName") || UNSET,
    ageOf(object, now),
    textAt(object, "spec.volumeMode") || UNSET,
  ];
};

/** Cells of a StorageClass. */
export const storageClassCells: CellsOf = (object, now) => {
  const isDefault = DEFAULT_CLASS.some((name) =>
    annotation(object, name) === "true"
  );
  return [
    textAt(object, "metadata.name") + (isDefault ? " (default)" : ""),
    textAt(object, "provisioner"),
    textAt(object, "reclaimPolicy") || "Delete",
    textAt(object, "volumeBindingMode") || "Immediate",
    object.allowVolumeExpansion === true,
    ageOf(object, now),
  ];
};

/** Cells of a VolumeAttributesClass. */
export const attributesClassCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "driverName"),
  ageOf(object, now),
];

/** Cells of a VolumeAttachment. */
export const attachmentCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.attacher"),
  textAt(object, "spec.source.persistentVolumeName"),
  textAt(object, "spec.nodeName"),
  valueAt(object, ["status", "attached"]) === true,
  ageOf(object, now),
];

/** Cells of a CSINode. */
export const csiNodeCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  sizeAt(object, "spec.drivers"),
  ageOf(object, now),
];

/** Cells of a CSIDriver. */
export const csiDriverCells: CellsOf = (object, now) => {
  const requests = valueAt(object, ["spec", "tokenRequests"]);
  return [
    textAt(object, "metadata.name"),
    valueAt(object, ["spec", "attachRequired"]) !== false,
    valueAt(object, ["spec", "podInfoOnMount"]) === true,
    valueAt(object, ["spec", "storageCapacity"]) === true,
    requests === undefined
      ? UNSET
      : objectsAt(object, "spec.tokenRequests").map(({ audience }) => audience)
        .join(","),
    valueAt(object, ["spec", "requiresRepublish"]) === true,
    textsAt(object, "spec.volumeLifecycleModes").join(",") || "<none>",
    ageOf(object, now),
  ];
};
