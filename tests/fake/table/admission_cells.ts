import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type CellsOf, sizeAt, textAt } from "./read_cell.ts";

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

/** Cells of a configuration of webhooks. */
export const webhookCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  sizeAt(object, "webhooks"),
  ageOf(object, now),
];

/** Cells of a ValidatingAdmissionPolicy. */
export const policyCells: CellsOf = (object, now) => {
  const kind = valueAt(object, ["spec", "paramKind"]);
  return [
    textAt(object, "metadata.name"),
    sizeAt(object, "spec.validations"),
    isObject(kind)
      ? `${textAt(kind, "apiVersion")}/${textAt(kind, "kind")}`
      : "<unset>",
    ageOf(object, now),
  ];
};

/** Cells of a ValidatingAdmissionPolicyBinding. */
export const policyBindingCells: CellsOf = (object, now) => {
  const name = textAt(object, "spec.paramRef.name");
  const namespace = textAt(object, "spec.paramRef.namespace") || "*";
  return [
    textAt(object, "metadata.name"),
    textAt(object, "spec.policyName"),
    name === "" ? "<unset>" : `${namespace}/${name}`,
    ageOf(object, now),
  ];
};
