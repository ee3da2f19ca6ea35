import type { JsonObject } from "../schema/type_schema.ts";
import { compare } from "./compare.ts";
import { type Conflict, describeConflicts } from "./conflict.ts";
import {
  elementOrder,
  type FieldContext,
  newObject,
  writerOf,
} from "./field_context.ts";
import { difference, type FieldSet, intersection, union } from "./field_set.ts";
import { equalJson } from "./json_value.ts";
import { keepTimestamps } from "./keep_timestamps.ts";
import {
  type Manager,
  managersOf,
  metadataOf,
  sameManager,
  withManagers,
  withoutManagedFields,
} from "./managers.ts";
import { stripMetadata, withoutResetFields } from "./owned_fields.ts";
import { prune } from "./prune.ts";
import { reconcileFields } from "./reconcile_fields.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import { toFieldSet } from "./to_field_set.ts";
import { typedMerge } from "./typed_merge.ts";
import { updateManagers } from "./update_managed_fields.ts";
import { validateConfig } from "./validate_config.ts";

/** Who applies, and whether it takes fields from others. */
export interface ApplyContext extends FieldContext {
  /** Whether to take fields that others own, instead of a conflict. */
  readonly force: boolean;
}

/** The merged object, or why there is none. */
export type ApplyResult =
  | {
    /** The object to store, with its managed fields, still without defaults. */
    readonly object: JsonObject;
  }
  | {
    /** The fields that others own with other values. */
    readonly conflicts: readonly Conflict[];
    /** Message of the Status. */
    readonly message: string;
  }
  | {
    /** Message of the Status: the configuration does not fit the schema. */
    readonly invalid: string;
  };

/**
 * Applies a configuration to an object as kube-apiserver does, following
 * structured-merge-diff: fields of the configuration are merged in and owned by
 * the applier, fields it no longer mentions are removed unless others own them,
 * and fields that others own with other values are conflicts.
 *
 * The configuration is the request body: its apiVersion, kind and name are
 * checked by the caller, and it has no managed fields.
 *
 * @param live The stored object, or `undefined` if there is none.
 * @param applied The configuration.
 * @param context Who applies.
 * @returns The object to store; `live` itself if nothing changes. A caller that
 * adds defaults calls `keepTimestamps()` afterwards.
 *
 * @example Two appliers
 * ```ts no-assert
 * import { serverSideApply } from "./apply.ts";
 *
 * const context = {
 *   schema: { type: "object" },
 *   apiVersion: "v1",
 *   time: "2030-01-01T00:00:00Z",
 *   force: false,
 * } as const;
 * const first = serverSideApply(undefined, { data: { a: "1" } }, {
 *   ...context,
 *   manager: "one",
 * });
 * if ("object" in first) {
 *   serverSideApply(first.object, { data: { a: "2" } }, {
 *     ...context,
 *     manager: "two",
 *   }); // conflict with "one": .data.a
 * }
 * ```
 */
export function serverSideApply(
  live: JsonObject | undefined,
  applied: JsonObject,
  context: ApplyContext,
): ApplyResult {
  const { schema } = context;
  const problem = validateConfig(schema, applied);
  if (problem !== undefined) {
    const place = describeObject(applied);
    return {
      invalid: `failed to create typed patch object (${place}): ${problem}`,
    };
  }
  const base = withoutManagedFields(
    live ??
      {
        ...newObject(schema),
        apiVersion: applied.apiVersion,
        kind: applied.kind,
      },
  );
  try {
    return apply({ live, base, applied, context });
  } catch (error) {
    if (!(error instanceof StructuredMergeError)) throw error;
    return { invalid: `failed to merge config: ${error.message}` };
  }
}

/** Names an object as Go's messages do. */
function describeObject(object: JsonObject): string {
  const { namespace = "", name = "" } = metadataOf(object);
  const [group, version] = String(object.apiVersion).includes("/")
    ? String(object.apiVersion).split("/")
    : ["", object.apiVersion];
  return `${namespace}/${name}; ${group}/${version}, Kind=${object.kind}`;
}

interface ApplyOperation {
  readonly live: JsonObject | undefined;
  /** The live object, or a new one, without managed fields. */
  readonly base: JsonObject;
  readonly applied: JsonObject;
  readonly context: ApplyContext;
}

/** The managers before; what nobody owns yet belongs to a manager of its own. */
function formerManagers(
  { live, base, context }: ApplyOperation,
): readonly Manager[] {
  const managers = managersOf(live);
  if (managers.length > 0 || live === undefined) {
    return managers.map((entry) => ({
      ...entry,
      fields: reconcileFields(context.schema, entry.fields),
    }));
  }
  return updateManagers([], newObject(context.schema), base, {
    ...context,
    manager: "before-first-apply",
  });
}

function apply(operation: ApplyOperation): ApplyResult {
  const { live, base, applied, context } = operation;
  const { schema, resetFields = [] } = context;
  const former = formerManagers(operation);
  const applier = writerOf(context, "Apply");
  const last = former.find((entry) => sameManager(entry, applier));
  const others = former.filter((entry) => entry !== last);
  const own = withoutResetFields(toFieldSet(schema, applied), resetFields);
  const next = prune(typedMerge(schema, base, applied), {
    schema,
    last: last?.fields,
    owned: others.reduce((all, { fields }) => union(all, fields), own),
    // An object with at least apiVersion and kind, which nobody can give up.
  }) as JsonObject;

  const comparison = compare(schema, base, next);
  const written = (fields: FieldSet | undefined): FieldSet | undefined =>
    withoutResetFields(fields, resetFields);
  const changed = written(union(comparison.modified, comparison.added));
  const removed = written(comparison.removed);
  const conflicts = others.flatMap((owner) => {
    const fields = intersection(owner.fields, changed);
    return fields === undefined ? [] : [{ owner, fields }];
  });
  if (conflicts.length > 0 && !context.force) {
    return describeConflicts(conflicts);
  }
  const left = others.flatMap((entry): Manager[] => {
    const fields = difference(difference(entry.fields, changed), removed);
    return fields === undefined ? [] : [{ ...entry, fields }];
  });
  const fields = stripMetadata(own);
  const time = equalJson(base, next) ? last?.time : context.time;
  const managers = fields === undefined
    ? left
    : [...left, { ...applier, time, fields }];
  return {
    object: keepTimestamps(
      live,
      withManagers(next, managers, elementOrder(schema)),
    ),
  };
}
