import type { JsonObject } from "../schema/type_schema.ts";
import { elementOrder, type FieldContext, newObject } from "./field_context.ts";
import { equalJson, isEmpty, isObject } from "./json_value.ts";
import { keepTimestamps } from "./keep_timestamps.ts";
import {
  type Manager,
  managersOf,
  metadataOf,
  parseManagers,
  withManagers,
  withoutManagedFields,
} from "./managers.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import { updateManagers } from "./update_managers.ts";

/**
 * Records who owns what after a write that is not an apply: the writer takes
 * what it added or changed, everybody loses what is gone.
 *
 * @param live The stored object, or `undefined` for a create.
 * @param next The object to store, with defaults; if it brings managed fields
 * of its own, those are taken as the former ones.
 * @param context Who writes.
 * @returns `next` with its managed fields; `live` if nothing changes but times.
 *
 * @example A create
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { updateManagedFields } from "./update_managed_fields.ts";
 *
 * const created = updateManagedFields(undefined, { size: 1 }, {
 *   schema: { type: "object" },
 *   manager: "editor",
 *   apiVersion: "v1",
 *   time: "2030-01-01T00:00:00Z",
 * });
 * assertEquals(created.metadata, {
 *   managedFields: [{
 *     manager: "editor",
 *     operation: "Update",
 *     apiVersion: "v1",
 *     time: "2030-01-01T00:00:00Z",
 *     fieldsType: "FieldsV1",
 *     fieldsV1: { "f:size": {} },
 *   }],
 * });
 * ```
 */
export function updateManagedFields(
  live: JsonObject | undefined,
  next: JsonObject,
  context: FieldContext,
): JsonObject {
  const former = formerManagers(live, next, context);
  if (live !== undefined && former.length === 0) {
    return keepTimestamps(live, withoutManagedFields(next));
  }
  try {
    const managers = updateManagers(
      former,
      live ?? newObject(context.schema, next),
      next,
      context,
    );
    const order = elementOrder(context.schema);
    return keepTimestamps(live, withManagers(next, managers, order));
  } catch (error) {
    if (!(error instanceof StructuredMergeError)) throw error;
    return withoutManagedFields(next); // As the server, which only logs it.
  }
}

/** An empty list, or a list with an empty entry, asks to forget everything. */
function isReset(managedFields: readonly unknown[]): boolean {
  const [first] = managedFields;
  return managedFields.length === 0 ||
    managedFields.length === 1 && isObject(first) && isEmpty(first);
}

function formerManagers(
  live: JsonObject | undefined,
  next: JsonObject,
  context: FieldContext,
): Manager[] {
  const { managedFields } = metadataOf(next);
  const stored = metadataOf(live).managedFields;
  if (
    context.subresource === undefined && Array.isArray(managedFields) &&
    !equalJson(managedFields, stored)
  ) {
    if (isReset(managedFields)) return [];
    const managers = parseManagers(managedFields);
    if (managers && managers.length > 0) return managers;
  }
  return managersOf(live);
}
