import type { JsonObject } from "../schema/type_schema.ts";
import {
  type ApplyContext,
  applyFields,
  type MergeResult,
} from "./apply_fields.ts";
import { type Conflict, describeConflicts } from "./conflict.ts";
import { keepTimestamps } from "./keep_timestamps.ts";
import { lastAppliedFields, syncLastApplied } from "./last_applied.ts";
import { difference } from "./field_set.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";

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
    /** Message of the Status: an object does not fit the schema. */
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
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
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
 * assert("object" in first);
 * const second = serverSideApply(first.object, { data: { a: "2" } }, {
 *   ...context,
 *   manager: "two",
 * });
 * assert("conflicts" in second);
 * assertEquals(second.conflicts, [
 *   { manager: "one", message: 'conflict with "one"', field: ".data.a" },
 * ]);
 * ```
 */
export function serverSideApply(
  live: JsonObject | undefined,
  applied: JsonObject,
  context: ApplyContext,
): ApplyResult {
  try {
    const result = context.manager === "kubectl"
      ? applyByKubectl(live, applied, context)
      : applyFields(live, applied, context);
    return "object" in result
      ? { object: keepTimestamps(live, result.object) }
      : describeConflicts(result.contested);
  } catch (error) {
    if (!(error instanceof StructuredMergeError)) throw error;
    return { invalid: error.message };
  }
}

/**
 * Lets kubectl take over what it applied on the client side: fields that still
 * are as the annotation of its last apply says are no conflicts.
 */
function applyByKubectl(
  live: JsonObject | undefined,
  applied: JsonObject,
  context: ApplyContext,
): MergeResult {
  const result = applyFields(live, applied, context);
  if ("object" in result) {
    return { object: syncLastApplied(result.object, applied) };
  }
  const allowed = lastAppliedFields(live, context);
  const contested = result.contested.flatMap(({ owner, fields }) => {
    const rest = difference(fields, allowed);
    return rest === undefined ? [] : [{ owner, fields: rest }];
  });
  return contested.length > 0
    ? { contested }
    : applyByKubectl(live, applied, { ...context, force: true });
}
