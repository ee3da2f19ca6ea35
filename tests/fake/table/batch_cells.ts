import { valueAt } from "../object/field_path.ts";
import { age, humanDuration } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { containersText } from "./containers_text.ts";
import { selectorText } from "./label_text.ts";
import { type CellsOf, numberAt, objectsAt, textAt } from "./read_cell.ts";

/** Conditions of a Job and what a table calls it for them, first match first. */
const STATES: readonly (readonly [string, string])[] = [
  ["Complete", "Complete"],
  ["Failed", "Failed"],
  ["", "Terminating"],
  ["Suspended", "Suspended"],
  ["FailureTarget", "FailureTarget"],
  ["SuccessCriteriaMet", "SuccessCriteriaMet"],
];

/** Cells of a Job. */
export const jobCells: CellsOf = (job, now) => [
  textAt(job, "metadata.name"),
  state(job),
  completions(job),
  duration(job, now),
  age(textAt(job, "metadata.creationTimestamp"), now),
  ...podCells(valueAt(job, ["spec"])),
];

function state(job: JsonObject): string {
  const conditions = objectsAt(job, "status.conditions");
  const found = STATES.find(([wanted]) =>
    wanted === ""
      ? textAt(job, "metadata.deletionTimestamp") !== ""
      : conditions.find(({ type }) => type === wanted)?.status === "True"
  );
  return found?.[1] ?? "Running";
}

function completions(job: JsonObject): string {
  const done = numberAt(job, "status.succeeded");
  const wanted = valueAt(job, ["spec", "completions"]);
  if (typeof wanted === "number") return `${done}/${wanted}`;
  const parallelism = numberAt(job, "spec.parallelism");
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function duration(job: JsonObject, now: Date): string {
  const start = textAt(job, "status.startTime");
  if (start === "") return "";
  const end = textAt(job, "status.completionTime");
  const ms = (end === "" ? now.getTime() : Date.parse(end)) - Date.parse(start);
  return humanDuration(ms);
}

function podCells(spec: unknown): readonly string[] {
  const pod = valueAt(spec, ["template", "spec"]);
  return [
    containersText(pod, "name"),
    containersText(pod, "image"),
    selectorText(valueAt(spec, ["selector"])) || "<none>",
  ];
}

/** Cells of a CronJob. */
export const cronJobCells: CellsOf = (object, now) => {
  const last = textAt(object, "status.lastScheduleTime");
  return [
    textAt(object, "metadata.name"),
    textAt(object, "spec.schedule"),
    textAt(object, "spec.timeZone") || "<none>",
    suspended(valueAt(object, ["spec", "suspend"])),
    objectsAt(object, "status.active").length,
    last === "" ? "<none>" : age(last, now),
    age(textAt(object, "metadata.creationTimestamp"), now),
    ...podCells(valueAt(object, ["spec", "jobTemplate", "spec"])),
  ];
};

function suspended(value: unknown): string {
  return value === undefined ? "<unset>" : value === true ? "True" : "False";
}
