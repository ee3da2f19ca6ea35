import { difference, type FieldSet, fieldSetOf } from "./field_set.ts";

/** Fields that say what an object is; nobody owns them. */
const NEVER_OWNED = fieldSetOf([
  ["apiVersion"],
  ["kind"],
  ["metadata"],
  ["metadata", "clusterName"],
  ["metadata", "creationTimestamp"],
  ["metadata", "generation"],
  ["metadata", "managedFields"],
  ["metadata", "name"],
  ["metadata", "namespace"],
  ["metadata", "resourceVersion"],
  ["metadata", "selfLink"],
  ["metadata", "uid"],
]);

/**
 * Leaves out the fields that nobody owns, such as the name.
 *
 * @param fields What a manager wrote.
 * @returns What it owns.
 */
export function stripMetadata(
  fields: FieldSet | undefined,
): FieldSet | undefined {
  return difference(fields, NEVER_OWNED);
}

/**
 * Leaves out the fields that an endpoint does not write, such as the status.
 *
 * @param fields What a request holds.
 * @param resetFields Paths of those fields.
 * @returns What the request writes.
 */
export function withoutResetFields(
  fields: FieldSet | undefined,
  resetFields: readonly (readonly string[])[],
): FieldSet | undefined {
  if (fields === undefined || resetFields.length === 0) return fields;
  return difference(fields, fieldSetOf(resetFields), { recursive: true });
}
