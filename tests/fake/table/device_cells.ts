import { valueAt } from "../object/field_path.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type CellsOf, sizeAt, textAt } from "./read_cell.ts";

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

/** Cells of a ResourceClaim. */
export const resourceClaimCells: CellsOf = (object, now) => {
  const isDeleted = textAt(object, "metadata.deletionTimestamp") !== "";
  const isAllocated = valueAt(object, ["status", "allocation"]) !== undefined;
  const states = [
    ...isDeleted ? ["deleted"] : [],
    ...isAllocated ? ["allocated"] : isDeleted ? [] : ["pending"],
    ...isAllocated && sizeAt(object, "status.reservedFor") > 0
      ? ["reserved"]
      : [],
  ];
  return [
    textAt(object, "metadata.name"),
    states.join(","),
    ageOf(object, now),
  ];
};

/** Cells of a ResourceSlice. */
export const resourceSliceCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.nodeName"),
  textAt(object, "spec.driver"),
  textAt(object, "spec.pool.name"),
  ageOf(object, now),
];
