import { compareText, isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type CellsOf, numberAt, objectsAt, textAt } from "./read_cell.ts";

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

/** Cells of a PodDisruptionBudget. */
export const budgetCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.minAvailable") || "N/A",
  textAt(object, "spec.maxUnavailable") || "N/A",
  numberAt(object, "status.disruptionsAllowed"),
  ageOf(object, now),
];

/** Cells of a PriorityClass. */
export const priorityClassCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  numberAt(object, "value"),
  object.globalDefault === true,
  ageOf(object, now),
  textAt(object, "preemptionPolicy"),
];

/** Cells of a ResourceQuota. */
export const quotaCells: CellsOf = (object, now) => {
  const hard = valueAt(object, ["status", "hard"]);
  const names = Object.keys(isObject(hard) ? hard : {}).sort(compareText);
  const text = (chosen: readonly string[]) =>
    chosen.map((name) => {
      const used = valueAt(object, ["status", "used", name]) ?? "0";
      return `${name}: ${used}/${valueAt(hard, [name])}`;
    }).join(", ");
  const isLimit = (name: string) => name.startsWith("limits.");
  return [
    textAt(object, "metadata.name"),
    text(names.filter((name) => !isLimit(name))),
    text(names.filter(isLimit)),
    ageOf(object, now),
  ];
};

/** Cells of a RoleBinding or ClusterRoleBinding. */
export const roleBindingCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  `${textAt(object, "roleRef.kind")}/${textAt(object, "roleRef.name")}`,
  ageOf(object, now),
  subjects(object, "User"),
  subjects(object, "Group"),
  subjects(object, "ServiceAccount"),
];

function subjects(object: JsonObject, wanted: string): string {
  return objectsAt(object, "subjects").filter(({ kind }) => kind === wanted)
    .map(({ name, namespace }) =>
      wanted === "ServiceAccount" ? `${namespace ?? ""}/${name}` : name
    ).join(", ");
}

/** Cells of a CertificateSigningRequest. */
export const signingRequestCells: CellsOf = (object, now) => {
  const seconds = valueAt(object, ["spec", "expirationSeconds"]);
  return [
    textAt(object, "metadata.name"),
    ageOf(object, now),
    textAt(object, "spec.signerName") || "<none>",
    textAt(object, "spec.username"),
    typeof seconds === "number" ? humanSeconds(seconds) : "<none>",
    signingState(object),
  ];
};

function humanSeconds(seconds: number): string {
  return age(new Date(0).toISOString(), new Date(seconds * 1_000));
}

function signingState(object: JsonObject): string {
  const types = objectsAt(object, "status.conditions").map(({ type }) => type);
  return [
    types.includes("Denied")
      ? "Denied"
      : types.includes("Approved")
      ? "Approved"
      : "Pending",
    ...types.includes("Failed") ? ["Failed"] : [],
    ...textAt(object, "status.certificate") === "" ? [] : ["Issued"],
  ].join(",");
}

/** Cells of a FlowSchema. */
export const flowSchemaCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.priorityLevelConfiguration.name"),
  numberAt(object, "spec.matchingPrecedence"),
  textAt(object, "spec.distinguisherMethod.type") || "<none>",
  ageOf(object, now),
  objectsAt(object, "status.conditions")
    .find(({ type }) => type === "Dangling")?.status ?? "?",
];

const QUEUING = ["queues", "handSize", "queueLengthLimit"];

/** Cells of a PriorityLevelConfiguration. */
export const priorityLevelCells: CellsOf = (object, now) => {
  const limited = valueAt(object, ["spec", "limited"]);
  const queuing = valueAt(limited, ["limitResponse", "queuing"]);
  return [
    textAt(object, "metadata.name"),
    textAt(object, "spec.type"),
    limited === undefined
      ? "<none>"
      : numberAt(limited, "nominalConcurrencyShares"),
    ...QUEUING.map((field) =>
      queuing === undefined ? "<none>" : numberAt(queuing, field)
    ),
    ageOf(object, now),
  ];
};
