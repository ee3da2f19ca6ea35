import { compareText, isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type CellsOf, objectsAt, sizeAt, textAt } from "./read_cell.ts";

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

/** Cells of what a table tells nothing of but its age. */
export const agedCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  ageOf(object, now),
];

/** Cells of kinds that Kubernetes has no printer for. */
export const createdCells: CellsOf = (object) => [
  textAt(object, "metadata.name"),
  textAt(object, "metadata.creationTimestamp"),
];

/** Cells of a Namespace. */
export const namespaceCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "status.phase"),
  ageOf(object, now),
];

/** Cells of a ConfigMap. */
export const configMapCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  sizeAt(object, "data") + sizeAt(object, "binaryData"),
  ageOf(object, now),
];

/** Cells of a Secret. */
export const secretCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "type"),
  sizeAt(object, "data"),
  ageOf(object, now),
];

/** Cells of a Lease. */
export const leaseCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.holderIdentity"),
  ageOf(object, now),
];

const ROLE_PREFIX = "node-role.kubernetes.io/";
const ROLE_LABEL = "kubernetes.io/role";

/** Cells of a Node. */
export const nodeCells: CellsOf = (node, now) => {
  const info = (field: string) => textAt(node, `status.nodeInfo.${field}`);
  return [
    textAt(node, "metadata.name"),
    nodeState(node),
    nodeRoles(node) || "<none>",
    ageOf(node, now),
    info("kubeletVersion"),
    nodeAddress(node, "InternalIP"),
    nodeAddress(node, "ExternalIP"),
    info("osImage") || "<unknown>",
    info("kernelVersion") || "<unknown>",
    info("containerRuntimeVersion") || "<unknown>",
  ];
};

function nodeState(node: JsonObject): string {
  const ready = objectsAt(node, "status.conditions")
    .findLast(({ type }) => type === "Ready");
  const states = [
    ready === undefined
      ? "Unknown"
      : ready.status === "True"
      ? "Ready"
      : "NotReady",
  ];
  if (valueAt(node, ["spec", "unschedulable"]) === true) {
    states.push("SchedulingDisabled");
  }
  return states.join(",");
}

function nodeRoles(node: JsonObject): string {
  const labels = valueAt(node, ["metadata", "labels"]);
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(isObject(labels) ? labels : {})) {
    if (key.startsWith(ROLE_PREFIX)) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === ROLE_LABEL) roles.add(String(value));
  }
  roles.delete("");
  return [...roles].sort(compareText).join(",");
}

function nodeAddress(node: JsonObject, wanted: string): unknown {
  return objectsAt(node, "status.addresses")
    .find(({ type }) => type === wanted)?.address ?? "<none>";
}

/** Cells of an Event, which is stored in the form of core/v1. */
export const eventCells: CellsOf = (event, now) => {
  const since = (path: string) => age(textAt(event, path), now);
  const first = textAt(event, "firstTimestamp") === ""
    ? since("eventTime")
    : since("firstTimestamp");
  const hasSeries = isObject(event.series);
  const last = textAt(event, "lastTimestamp") === ""
    ? first
    : since("lastTimestamp");
  const kind = textAt(event, "involvedObject.kind").toLowerCase();
  const name = textAt(event, "involvedObject.name");
  return [
    hasSeries ? since("series.lastObservedTime") : last,
    textAt(event, "type"),
    textAt(event, "reason"),
    name === "" ? kind : `${kind}/${name}`,
    textAt(event, "involvedObject.fieldPath"),
    sourceText(event),
    textAt(event, "message").trim(),
    first,
    hasSeries ? valueAt(event, ["series", "count"]) ?? 0 : event.count || 1,
    textAt(event, "metadata.name"),
  ];
};

function sourceText(event: JsonObject): string {
  const component = textAt(event, "source.component") ||
    textAt(event, "reportingComponent");
  const host = textAt(event, "source.host") ||
    textAt(event, "reportingInstance");
  return host === "" ? component : `${component}, ${host}`;
}

/** Cells of a RuntimeClass. */
export const runtimeClassCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "handler"),
  ageOf(object, now),
];

/** Cells of an APIService. */
export const apiServiceCells: CellsOf = (object, now) => {
  const service = valueAt(object, ["spec", "service"]);
  const available = objectsAt(object, "status.conditions")
    .find(({ type }) => type === "Available");
  const { status = "Unknown", reason } = available ?? {};
  const why = status !== "True" && reason ? ` (${reason})` : "";
  return [
    textAt(object, "metadata.name"),
    service === undefined
      ? "Local"
      : `${textAt(service, "namespace")}/${textAt(service, "name")}`,
    `${status}${why}`,
    ageOf(object, now),
  ];
};
