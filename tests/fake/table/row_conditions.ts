import type { JsonObject } from "../schema/type_schema.ts";
import { textAt } from "./read_cell.ts";

const MESSAGES: Readonly<Record<string, string>> = {
  Succeeded: "The pod has completed successfully.",
  Failed: "The pod failed.",
};

/**
 * Says of the row of a Pod that has ended that it may be left out.
 *
 * @param kind Kind of the object.
 * @param object The object.
 * @returns Fields of the row; none for most.
 */
export function rowConditions(kind: string, object: JsonObject): JsonObject {
  if (kind !== "Pod") return {};
  const reason = textAt(object, "status.phase");
  const message = MESSAGES[reason];
  if (message === undefined) return {};
  return {
    conditions: [{ type: "Completed", status: "True", reason, message }],
  };
}
