import type { RequestContext } from "../http/request_context.ts";
import type { ApplyContext } from "../merge/apply_fields.ts";
import {
  difference,
  type FieldSet,
  intersection,
  union,
} from "../merge/field_set.ts";
import {
  type Manager,
  managersOf,
  withoutManagedFields,
} from "../merge/managers.ts";
import { removeItems } from "../merge/remove_items.ts";
import { toFieldSet, withNamedFields } from "../merge/to_field_set.ts";
import { typedMerge } from "../merge/typed_merge.ts";
import { resourceInVersion } from "../resource/resource_in_version.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

/** A configuration that is applied to an object. */
export interface Applied {
  /** The object as it is. */
  readonly live: JsonObject;
  /** The configuration. */
  readonly config: JsonObject;
}

/**
 * Removes what an applier gave up that applied in another version before, as
 * `prune` of structured-merge-diff: in that version, which a webhook converts.
 *
 * @param context The request.
 * @param applied The object and the configuration.
 * @param fields Who applies.
 * @returns The merged object; `undefined` if the applier applied in no other
 * version.
 */
export async function prunedElsewhere(
  { resource, state }: RequestContext,
  { live, config }: Applied,
  fields: ApplyContext,
): Promise<JsonObject | undefined> {
  const { manager, subresource, schema } = fields;
  const managers = managersOf(live);
  const last = managers.find((entry) =>
    entry.operation === "Apply" && entry.manager === manager &&
    entry.subresource === subresource
  );
  if (last === undefined || last.apiVersion === resource.apiVersion) {
    return undefined;
  }
  const former = resourceInVersion(state.resources, resource, last.apiVersion);
  const { conversion } = resource;
  if (former?.conversion === undefined || conversion === undefined) {
    return undefined;
  }
  const others = managers.filter((entry) => entry !== last);
  // An object, as both are.
  const merged = typedMerge(
    schema,
    withoutManagedFields(live),
    config,
  ) as JsonObject;
  const there = await former.conversion.convert(merged);
  const formerSchema = await former.schema() ?? {};
  const without = removed(there, { schema: formerSchema, fields: last.fields });
  const kept = withOwned(there, without, {
    schema: formerSchema,
    owned: ownedIn(others, last.apiVersion),
  });
  const applied = toFieldSet(schema, config);
  const here = withOwned(
    await conversion.convert(there),
    await conversion.convert(kept),
    { schema, owned: union(ownedIn(others, resource.apiVersion), applied) },
  );
  // And what nobody owns: only what the applier owned may go.
  const left = await former.conversion.convert(here);
  const gone = difference(set(there, formerSchema), set(left, formerSchema));
  const given = intersection(gone, named(last.fields, formerSchema));
  return await conversion.convert(
    removed(there, { schema: formerSchema, fields: given }),
  );
}

/** What is left of an object, and what others own of what is not. */
function withOwned(
  object: JsonObject,
  left: JsonObject,
  { schema, owned }: {
    readonly schema: TypeSchema;
    readonly owned: FieldSet | undefined;
  },
): JsonObject {
  const wanted = union(set(left, schema), named(owned, schema));
  const fields = difference(set(object, schema), wanted);
  return removed(object, { schema, fields });
}

function removed(
  object: JsonObject,
  { schema, fields }: {
    readonly schema: TypeSchema;
    readonly fields: FieldSet | undefined;
  },
): JsonObject {
  const all = named(fields, schema);
  // An object: it holds at least apiVersion and kind, which stay.
  return all === undefined
    ? object
    : removeItems(schema, object, all) as JsonObject;
}

function set(object: JsonObject, schema: TypeSchema): FieldSet | undefined {
  return named(toFieldSet(schema, object), schema);
}

function named(
  fields: FieldSet | undefined,
  schema: TypeSchema,
): FieldSet | undefined {
  return fields && withNamedFields(schema, fields);
}

function ownedIn(
  managers: readonly Manager[],
  version: string,
): FieldSet | undefined {
  return managers.filter(({ apiVersion }) => apiVersion === version)
    .reduce<FieldSet | undefined>((all, { fields }) => union(all, fields), {});
}
