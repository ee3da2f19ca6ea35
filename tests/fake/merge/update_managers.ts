import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { capManagers } from "./cap_managers.ts";
import { compare } from "./compare.ts";
import { type FieldContext, writerOf } from "./field_context.ts";
import { difference, type FieldSet, union } from "./field_set.ts";
import { type Manager, sameManager, withoutManagedFields } from "./managers.ts";
import { stripMetadata, withoutResetFields } from "./owned_fields.ts";
import { requireTyped } from "./require_typed.ts";
import { reconcileFields } from "./reconcile_fields.ts";
import { changesByVersion, schemaOfVersion } from "./version_changes.ts";

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
  checkType("new", next, schema);
  checkType("live", live, schema);
  const comparison = compare(
    schema,
    withoutManagedFields(live),
    withoutManagedFields(next),
  );
  const written = (fields: FieldSet | undefined): FieldSet | undefined =>
    withoutResetFields(fields, resetFields);
  const removed = written(comparison.removed);
  const changed = written(union(comparison.modified, comparison.added));
  const changesIn = changesByVersion(context, { changed, removed });
  const left = managers.flatMap((entry): Manager[] => {
    const { apiVersion } = entry;
    const of = changesIn(apiVersion);
    const schema = schemaOfVersion(context, apiVersion);
    const former = reconcileFields(schema, entry.fields);
    const fields = difference(difference(former, of.changed), of.removed);
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

function checkType(
  which: "new" | "live",
  object: JsonObject,
  schema: TypeSchema,
): void {
  const fail = `failed to convert ${which} object (%v) to smd typed`;
  requireTyped(object, { schema, fail });
}
