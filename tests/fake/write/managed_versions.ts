import type { RequestContext } from "../http/request_context.ts";
import { StatusError } from "../http/status_error.ts";
import { type ApplyResult, serverSideApply } from "../merge/apply.ts";
import type { ApplyContext } from "../merge/apply_fields.ts";
import type { FieldContext, VersionedChange } from "../merge/field_context.ts";
import { withoutManagedFields } from "../merge/managers.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { metadataOf } from "../object/object_meta.ts";
import { resourceInVersion } from "../resource/resource_in_version.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { prunedElsewhere } from "./pruned_elsewhere.ts";

/**
 * Records who owns what after an update of a kind that a webhook converts, as
 * `updateManagedFields()`: what others own is compared in their versions.
 *
 * @param context The request.
 * @param change The object as it is and as it shall be.
 * @param fields Who writes.
 * @returns The object with its managed fields.
 */
export async function ownedUpdate(
  context: RequestContext,
  { live, next }: { readonly live: JsonObject; readonly next: JsonObject },
  fields: FieldContext,
): Promise<JsonObject> {
  try {
    const versions = await managedVersions(context, live, next);
    return updateManagedFields(live, next, { ...fields, versions });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return withoutManagedFields(next); // As the server, which only logs it.
  }
}

/**
 * Applies a configuration of a kind that a webhook converts, as
 * `serverSideApply()`: what others own is compared in their versions.
 *
 * @param context The request.
 * @param change The object as it is, and the configuration.
 * @param fields Who applies.
 * @returns The object, or why there is none.
 */
export async function ownedApply(
  context: RequestContext,
  { live, config }: {
    readonly live: JsonObject | undefined;
    readonly config: JsonObject;
  },
  fields: ApplyContext,
): Promise<ApplyResult> {
  if (live === undefined) return serverSideApply(live, config, fields);
  const pruned = await prunedElsewhere(context, { live, config }, fields);
  const of = { ...fields, pruned };
  // What is merged does not depend on who owns it.
  const merged = serverSideApply(live, config, { ...of, force: true });
  if (!("object" in merged)) return merged;
  const versions = await managedVersions(context, live, merged.object);
  return serverSideApply(live, config, { ...of, versions });
}

async function managedVersions(
  { resource, state }: RequestContext,
  live: JsonObject,
  next: JsonObject,
): Promise<ReadonlyMap<string, VersionedChange>> {
  const { managedFields = [] } = metadataOf(live);
  const names = new Set(managedFields.map((entry) => String(entry.apiVersion)));
  names.delete(resource.apiVersion);
  const versions = new Map<string, VersionedChange>();
  for (const name of names) {
    const other = resourceInVersion(state.resources, resource, name);
    if (other?.conversion === undefined) continue;
    versions.set(name, {
      schema: await other.schema() ?? {},
      live: await other.conversion.convert(live),
      next: await other.conversion.convert(next),
    });
  }
  return versions;
}
