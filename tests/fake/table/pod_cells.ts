import { age } from "../read/age.ts";
import { containersText } from "./containers_text.ts";
import { labelsText } from "./label_text.ts";
import { podStatus } from "./pod_status.ts";
import { type CellsOf, objectsAt, textAt } from "./read_cell.ts";
import { valueAt } from "../object/field_path.ts";

/** Cells of a Pod. */
export const podCells: CellsOf = (pod, now) => {
  const { ready, total, reason, restarts, restartedAt } = podStatus(pod);
  const ago = restarts !== 0 && restartedAt !== ""
    ? ` (${age(restartedAt, now)} ago)`
    : "";
  return [
    textAt(pod, "metadata.name"),
    `${ready}/${total}`,
    reason,
    `${restarts}${ago}`,
    age(textAt(pod, "metadata.creationTimestamp"), now),
    textAt(objectsAt(pod, "status.podIPs")[0], "ip") || "<none>",
    textAt(pod, "spec.nodeName") || "<none>",
    textAt(pod, "status.nominatedNodeName") || "<none>",
    readinessGates(pod),
  ];
};

function readinessGates(pod: unknown): string {
  const gates = objectsAt(pod, "spec.readinessGates");
  if (gates.length === 0) return "<none>";
  const conditions = objectsAt(pod, "status.conditions");
  const open = gates.filter(({ conditionType }) =>
    conditions.find(({ type }) => type === conditionType)?.status === "True"
  );
  return `${open.length}/${gates.length}`;
}

/** Cells of a PodTemplate. */
export const podTemplateCells: CellsOf = (object) => {
  const pod = valueAt(object, ["template", "spec"]);
  return [
    textAt(object, "metadata.name"),
    containersText(pod, "name"),
    containersText(pod, "image"),
    labelsText(valueAt(object, ["template", "metadata", "labels"])),
  ];
};
