import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { containersText } from "./containers_text.ts";
import { labelsText, selectorText } from "./label_text.ts";
import { type CellsOf, numberAt, textAt } from "./read_cell.ts";

const TEMPLATE = ["spec", "template", "spec"];

function nameOf(object: JsonObject): string {
  return textAt(object, "metadata.name");
}

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

function containers(object: JsonObject): readonly [string, string] {
  const pod = valueAt(object, TEMPLATE);
  return [containersText(pod, "name"), containersText(pod, "image")];
}

function selector(object: JsonObject): string {
  return selectorText(valueAt(object, ["spec", "selector"]));
}

/** Cells of a Deployment. */
export const deploymentCells: CellsOf = (object, now) => [
  nameOf(object),
  `${numberAt(object, "status.readyReplicas")}/${
    numberAt(object, "spec.replicas")
  }`,
  numberAt(object, "status.updatedReplicas"),
  numberAt(object, "status.availableReplicas"),
  ageOf(object, now),
  ...containers(object),
  selector(object),
];

/** Cells of a ReplicaSet. */
export const replicaSetCells: CellsOf = (object, now) => [
  ...replicas(object, now),
  selector(object) || "<none>",
];

/** Cells of a ReplicationController. */
export const replicationControllerCells: CellsOf = (object, now) => [
  ...replicas(object, now),
  labelsText(valueAt(object, ["spec", "selector"])),
];

function replicas(object: JsonObject, now: Date): readonly unknown[] {
  return [
    nameOf(object),
    numberAt(object, "spec.replicas"),
    numberAt(object, "status.replicas"),
    numberAt(object, "status.readyReplicas"),
    ageOf(object, now),
    ...containers(object),
  ];
}

/** Cells of a StatefulSet. */
export const statefulSetCells: CellsOf = (object, now) => [
  nameOf(object),
  `${numberAt(object, "status.readyReplicas")}/${
    numberAt(object, "spec.replicas")
  }`,
  ageOf(object, now),
  ...containers(object),
];

const SCHEDULED = [
  "desiredNumberScheduled",
  "currentNumberScheduled",
  "numberReady",
  "updatedNumberScheduled",
  "numberAvailable",
];

/** Cells of a DaemonSet. */
export const daemonSetCells: CellsOf = (object, now) => [
  nameOf(object),
  ...SCHEDULED.map((field) => numberAt(object, `status.${field}`)),
  labelsText(valueAt(object, [...TEMPLATE, "nodeSelector"])),
  ageOf(object, now),
  ...containers(object),
  selector(object) || "<none>",
];

/** Cells of a ControllerRevision. */
export const controllerRevisionCells: CellsOf = (object, now) => {
  const owners = valueAt(object, ["metadata", "ownerReferences"]);
  const owner = Array.isArray(owners)
    ? owners.find((of) => valueAt(of, ["controller"]) === true)
    : undefined;
  const group = textAt(owner, "apiVersion").split("/").slice(0, -1).join("");
  const kind = group === ""
    ? textAt(owner, "kind")
    : `${textAt(owner, "kind")}.${group}`;
  return [
    nameOf(object),
    owner === undefined
      ? "<none>"
      : `${kind.toLowerCase()}/${textAt(owner, "name")}`,
    numberAt(object, "revision"),
    ageOf(object, now),
  ];
};
