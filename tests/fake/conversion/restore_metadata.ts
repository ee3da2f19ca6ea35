import { internal } from "../http/status_errors.ts";
import { equalJson, isObject } from "../merge/json_value.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type FieldError, fieldErrorText } from "../validation/field_error.ts";
import {
  annotationErrors,
  labelErrors,
} from "../validation/object_meta_validation.ts";

const IDENTITY = [["name", "name"], ["namespace", "namespace"], ["uid", "UID"]];

/**
 * Gives a converted object its metadata back, but for the labels and annotations,
 * which a conversion may change.
 *
 * @param original The object before its conversion.
 * @param converted The object after it.
 * @param what Names the conversion, for messages.
 * @returns The converted object with the metadata.
 * @throws {StatusError} 500 if the conversion breaks the metadata.
 */
export function restoreMetadata(
  original: JsonObject,
  converted: JsonObject,
  what: string,
): JsonObject {
  const before = metadataOf(original);
  const after = metadataOf(converted);
  for (const [field = "", name = ""] of IDENTITY) {
    const [wanted = "", got = ""] = [before[field], after[field]];
    if (wanted === got) continue;
    throw internal(
      `${what} returned invalid object: must have the same ${name}: ${wanted} != ${got}`,
    );
  }
  const invalid = (why: string) =>
    internal(`${what} returned invalid metadata: ${why}`);
  const metadata: Record<string, unknown> = { ...before };
  for (const field of ["labels", "annotations"] as const) {
    const wanted: unknown = after[field];
    delete metadata[field];
    if (wanted === undefined || wanted === null) continue;
    if (!isObject(wanted)) {
      throw invalid(
        `invalid metadata.${field} of type ${
          goType(wanted)
        } in converted object`,
      );
    }
    for (const [key, value] of Object.entries(wanted)) {
      if (typeof value === "string") continue;
      throw invalid(
        `metadata.${field}[${key}] must be a string, but is ${
          goType(value)
        } in converted object`,
      );
    }
    metadata[field] = wanted;
    if (equalJson(before[field] ?? {}, wanted)) continue;
    const errors = field === "labels"
      ? labelErrors({ labels: after.labels ?? {} })
      : annotationErrors({ annotations: after.annotations ?? {} })
        // As the server names it here.
        .map((error) => ({ ...error, field: "metadata.annotation" }));
    if (errors.length > 0) throw invalid(aggregate(errors));
  }
  return { ...converted, metadata };
}

/** As Go prints several errors. */
function aggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(fieldErrorText))];
  const [first = ""] = texts;
  return texts.length === 1 ? first : `[${texts.join(", ")}]`;
}

function goType(value: unknown): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return "[]interface {}";
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "int64" : "float64";
    case "boolean":
      return "bool";
    case "object":
      return "map[string]interface {}";
  }
  return typeof value;
}
