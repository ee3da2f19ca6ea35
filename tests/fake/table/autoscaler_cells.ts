import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  type CellsOf,
  numberAt,
  objectsAt,
  someOf,
  textAt,
} from "./read_cell.ts";

const METRICS = 2;
const UNKNOWN = "<unknown>";

/** Cells of a HorizontalPodAutoscaler in the form of autoscaling/v2. */
export const autoscalerCells: CellsOf = (object, now) => {
  const reference = ["kind", "name"].map((field) =>
    textAt(object, `spec.scaleTargetRef.${field}`)
  );
  return [
    textAt(object, "metadata.name"),
    reference.join("/"),
    metricsText(object),
    textAt(object, "spec.minReplicas") || "<unset>",
    numberAt(object, "spec.maxReplicas"),
    numberAt(object, "status.currentReplicas"),
    age(textAt(object, "metadata.creationTimestamp"), now),
  ];
};

function metricsText(object: JsonObject): string {
  const statuses = objectsAt(object, "status.currentMetrics");
  const texts = objectsAt(object, "spec.metrics").map((spec, index) =>
    metricText(spec, statuses[index])
  );
  return someOf(texts, METRICS, { separator: ", " }) || "<none>";
}

function metricText(spec: JsonObject, status: JsonObject | undefined): string {
  const type = String(spec.type);
  const field = type.charAt(0).toLowerCase() + type.slice(1);
  const target = valueAt(spec, [field, "target"]);
  const current = valueAt(status, [field, "current"]);
  const average = textAt(target, "averageValue");
  switch (type) {
    case "External":
    case "Object":
      return average === ""
        ? `${textAt(current, "value") || UNKNOWN}/${textAt(target, "value")}`
        : `${textAt(current, "averageValue") || UNKNOWN}/${average} (avg)`;
    case "Pods":
      return `${textAt(current, "averageValue") || UNKNOWN}/${average}`;
    case "Resource":
    case "ContainerResource": {
      const name = textAt(spec, `${field}.name`);
      return average === ""
        ? `${name}: ${percent(current, UNKNOWN)}/${percent(target, "<auto>")}`
        : `${name}: ${textAt(current, "averageValue") || UNKNOWN}/${average}`;
    }
  }
  return "<unknown type>";
}

function percent(of: unknown, otherwise: string): string {
  const value = valueAt(of, ["averageUtilization"]);
  return typeof value === "number" ? `${value}%` : otherwise;
}
