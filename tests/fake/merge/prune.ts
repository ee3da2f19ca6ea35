import type { TypeSchema } from "../schema/type_schema.ts";
import { difference, type FieldSet, intersection, union } from "./field_set.ts";
import { removeItems } from "./remove_items.ts";
import { toFieldSet, withNamedFields } from "./to_field_set.ts";

/** Options of {@linkcode prune}. */
export interface PruneOptions {
  /** Schema of the object. */
  readonly schema: TypeSchema;
  /** What the applier owned before. */
  readonly last: FieldSet | undefined;
  /** What all managers own now, the applier's new configuration included. */
  readonly owned: FieldSet | undefined;
}

/**
 * Removes what the applier gave up: what it owned before, does not own now, and
 * nobody else owns.
 *
 * @param merged The live object with the new configuration merged in.
 * @param options Who owned and owns what.
 * @returns The object without it; `merged` itself if nothing was given up.
 */
export function prune(merged: unknown, options: PruneOptions): unknown {
  const { schema, last, owned } = options;
  if (last === undefined || difference(last, owned) === undefined) {
    return merged;
  }
  const named = (set: FieldSet | undefined): FieldSet | undefined =>
    set && withNamedFields(schema, set);
  const remove = (set: FieldSet | undefined): unknown =>
    set ? removeItems(schema, merged, set) : merged;
  const lastFields = named(last);
  const mergedFields = named(toFieldSet(schema, merged));
  const fieldsOf = (value: unknown): FieldSet | undefined =>
    named(toFieldSet(schema, value));

  const without = remove(lastFields);
  // An item goes as a whole: bring back what others own in it.
  const wanted = union(fieldsOf(without), named(owned));
  const withOwned = remove(difference(mergedFields, wanted));
  // And what nobody owns: only what the applier owned may go.
  const missing = difference(mergedFields, fieldsOf(withOwned));
  return remove(intersection(missing, lastFields));
}
