import type { JsonObject } from "../schema/type_schema.ts";
import { capManagers } from "./cap_managers.ts";
import { compare } from "./compare.ts";
import {
  elementOrder,
  type FieldContext,
  newObject,
  writerOf,
} from "./field_context.ts";
import { difference, type FieldSet, union } from "./field_set.ts";
import { equalJson, isEmpty, isObject } from "./json_value.ts";
import { keepTimestamps } from "./keep_timestamps.ts";
import {
  type Manager,
  managersOf,
  metadataOf,
  parseManagers,
  sameManager,
  withManagers,
  withoutManagedFields,
} from "./managers.ts";
import { stripMetadata, withoutResetFields } from "./owned_fields.ts";
import { reconcileFields } from "./reconcile_fields.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";

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
 * ```ts no-assert
 * import { updateManagedFields } from "./update_managed_fields.ts";
 *
 * updateManagedFields(undefined, { data: { a: "1" } }, {
 *   schema: { type: "object" },
 *   manager: "editor",
 *   apiVersion: "v1",
 *   time: "2030-01-01T00:00:00Z",
 * }); // owned by "editor": f:data, f:data.f:a
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

/**
 * Computes the managers after a write that is not an apply.
 *
 * @param managers The former managers.
 * @param live The stored object.
 * @param next The object to store.
 * @param context Who writes.
 * @returns The managers; those without fields are gone.
 * @throws {StructuredMergeError} If an object does not fit the schema.
 */
export function updateManagers(
  managers: readonly Manager[],
  live: JsonObject,
  next: JsonObject,
  context: FieldContext,
): readonly Manager[] {
  const { schema, resetFields = [] } = context;
  const comparison = compare(
    schema,
    withoutManagedFields(live),
    withoutManagedFields(next),
  );
  const written = (fields: FieldSet | undefined): FieldSet | undefined =>
    withoutResetFields(fields, resetFields);
  const removed = written(comparison.removed);
  const changed = written(union(comparison.modified, comparison.added));
  const left = managers.flatMap((entry): Manager[] => {
    const fields = difference(
      difference(reconcileFields(schema, entry.fields), changed),
      removed,
    );
    return fields === undefined ? [] : [{ ...entry, fields }];
  });
  const own = stripMetadata(changed);
  if (own === undefined) return capManagers(left);
  const writer = writerOf(context, "Update");
  const former = left.find((entry) => sameManager(entry, writer));
  return capManagers([
    ...left.filter((entry) => entry !== former),
    { ...writer, time: context.time, fields: union(former?.fields, own) },
  ]);
}
