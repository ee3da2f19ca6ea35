import type { TypeSchema } from "../schema/type_schema.ts";
import { compare } from "./compare.ts";
import type { FieldContext } from "./field_context.ts";
import { type FieldSet, union } from "./field_set.ts";
import { withoutManagedFields } from "./managers.ts";
import { withoutResetFields } from "./owned_fields.ts";

/** What a write does to the fields of one version. */
export interface VersionChanges {
  /** Fields that were added or have another value. */
  readonly changed: FieldSet | undefined;
  /** Fields that are gone. */
  readonly removed: FieldSet | undefined;
}

/**
 * Finds what a write does to the fields of a manager, in the version in which
 * that manager wrote.
 *
 * @param context Who writes.
 * @param own What it does in the version of the request.
 * @returns Tells the changes of a version.
 */
export function changesByVersion(
  { apiVersion, versions, resetFields = [] }: FieldContext,
  own: VersionChanges,
): (version: string) => VersionChanges {
  const known = new Map([[apiVersion, own]]);
  return (version) => {
    const change = versions?.get(version);
    if (change === undefined) return own;
    let found = known.get(version);
    if (found === undefined) {
      const { schema, live, next } = change;
      const { modified, added, removed } = compare(
        schema,
        withoutManagedFields(live),
        withoutManagedFields(next),
      );
      found = {
        changed: withoutResetFields(union(modified, added), resetFields),
        removed: withoutResetFields(removed, resetFields),
      };
      known.set(version, found);
    }
    return found;
  };
}

/**
 * Finds the schema of a version of the kind.
 *
 * @param context Who writes.
 * @param version The version.
 * @returns Its schema; that of the request where no webhook converts.
 */
export function schemaOfVersion(
  { schema, versions }: FieldContext,
  version: string,
): TypeSchema {
  return versions?.get(version)?.schema ?? schema;
}
