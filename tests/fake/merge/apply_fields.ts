import type { JsonObject } from "../schema/type_schema.ts";
import { compare } from "./compare.ts";
import type { ManagerConflict } from "./conflict.ts";
import {
  elementOrder,
  type FieldContext,
  newObject,
  writerOf,
} from "./field_context.ts";
import { difference, type FieldSet, intersection, union } from "./field_set.ts";
import { equalJson } from "./json_value.ts";
import {
  type Manager,
  managersOf,
  sameManager,
  withManagers,
  withoutManagedFields,
} from "./managers.ts";
import { stripMetadata, withoutResetFields } from "./owned_fields.ts";
import { prune } from "./prune.ts";
import { requireTyped } from "./require_typed.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import { reconcileFields } from "./reconcile_fields.ts";
import { toFieldSet } from "./to_field_set.ts";
import { typedMerge } from "./typed_merge.ts";
import { updateManagers } from "./update_managers.ts";
import { changesByVersion, schemaOfVersion } from "./version_changes.ts";

/** Who applies, and whether it takes fields from others. */
export interface ApplyContext extends FieldContext {
  /** Whether to take fields that others own, instead of a conflict. */
  readonly force: boolean;
  /**
   * The merged object, where what the applier gave up has been removed already.
   *
   * @default {undefined} it is removed here
   */
  readonly pruned?: JsonObject | undefined;
}

/** The merged object, or who owns which of its fields with other values. */
export type MergeResult =
  | {
    /** The object with its managed fields. */
    readonly object: JsonObject;
  }
  | {
    /** The fields that others own. */
    readonly contested: readonly ManagerConflict[];
  };

/** The managers before; what nobody owns yet belongs to a manager of its own. */
function formerManagers(
  live: JsonObject | undefined,
  context: ApplyContext,
): readonly Manager[] {
  const managers = managersOf(live);
  if (managers.length > 0 || live === undefined) {
    return managers.map((entry) => ({
      ...entry,
      fields: reconcileFields(
        schemaOfVersion(context, entry.apiVersion),
        entry.fields,
      ),
    }));
  }
  const manager = "before-first-apply";
  const of = { ...context, manager };
  try {
    return updateManagers([], newObject(context.schema, live), live, of);
  } catch (error) {
    if (!(error instanceof StructuredMergeError)) throw error;
    throw new StructuredMergeError(
      `failed to create manager for existing fields: ${error.message}`,
    );
  }
}

function checkTypes(
  live: JsonObject | undefined,
  applied: JsonObject,
  { schema }: ApplyContext,
): void {
  requireTyped(applied, {
    schema,
    fail: "failed to create typed patch object (%v)",
    duplicates: false,
  });
  if (live === undefined) return;
  const fail = "failed to create typed live object (%v)";
  requireTyped(live, { schema, fail });
}

/** What an object is before it exists. */
function absentObject(
  applied: JsonObject,
  { schema }: ApplyContext,
): JsonObject {
  const { apiVersion, kind } = applied;
  return { ...newObject(schema, applied), apiVersion, kind };
}

/**
 * Merges a configuration into an object and decides who owns what, as `Apply`
 * in structured-merge-diff and the field managers around it in kube-apiserver.
 *
 * @param live The stored object, or `undefined` if there is none.
 * @param applied The configuration.
 * @param context Who applies.
 * @returns The object, or the fields in conflict.
 * @throws {StructuredMergeError} If an object does not fit the schema.
 */
export function applyFields(
  live: JsonObject | undefined,
  applied: JsonObject,
  context: ApplyContext,
): MergeResult {
  const { schema, resetFields = [] } = context;
  const written = (fields: FieldSet | undefined): FieldSet | undefined =>
    withoutResetFields(fields, resetFields);
  const former = formerManagers(live, context);
  checkTypes(live, applied, context);
  const applier = writerOf(context, "Apply");
  const last = former.find((entry) => sameManager(entry, applier));
  const others = former.filter((entry) => entry !== last);
  const own = written(toFieldSet(schema, applied));

  const before = withoutManagedFields(live ?? absentObject(applied, context));
  const next = context.pruned ?? prune(typedMerge(schema, before, applied), {
    schema,
    last: last?.fields,
    owned: others.reduce((all, { fields }) => union(all, fields), own),
    // An object: it holds at least apiVersion and kind, which stay.
  }) as JsonObject;
  const comparison = compare(schema, before, next);
  const changed = written(union(comparison.modified, comparison.added));
  const removed = written(comparison.removed);

  const changesIn = changesByVersion(context, { changed, removed });
  const contested = others.flatMap((owner): ManagerConflict[] => {
    const of = changesIn(owner.apiVersion);
    const fields = intersection(owner.fields, of.changed);
    return fields === undefined ? [] : [{ owner, fields }];
  });
  if (contested.length > 0 && !context.force) return { contested };

  const managers = others.flatMap((entry): Manager[] => {
    const of = changesIn(entry.apiVersion);
    const fields = difference(difference(entry.fields, of.changed), of.removed);
    return fields === undefined ? [] : [{ ...entry, fields }];
  });
  const fields = stripMetadata(own);
  if (fields !== undefined) {
    const time = equalJson(before, next) ? last?.time : context.time;
    managers.push({ ...applier, time, fields });
  }
  return { object: withManagers(next, managers, elementOrder(schema)) };
}
