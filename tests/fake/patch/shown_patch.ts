import { isObject } from "../merge/json_value.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { schemaOf, strategicMergePatch } from "./strategic_merge_patch.ts";

/**
 * Makes of a strategic merge patch what messages show of it, since the server
 * changes it while it merges: null is lost in what the object has nothing of,
 * and of new items with the same key the first takes over the later ones.
 *
 * @param patch The patch.
 * @param object What it changes.
 * @param schema Schema of the object.
 * @returns The patch as the server leaves it.
 */
export function shownPatch(
  patch: JsonObject,
  object: JsonObject,
  schema: TypeSchema,
): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => {
      const former = object[name];
      const child = schemaOf(schema, name);
      if (Array.isArray(value) && Array.isArray(former)) {
        return [name, shownList(value, former, child)];
      }
      return [
        name,
        isObject(value) && isObject(former)
          ? shownPatch(value, former, child)
          : withoutNulls(value),
      ];
    }),
  );
}

function shownList(
  list: readonly unknown[],
  former: readonly unknown[],
  { patchMergeKey: key, items = {} }: TypeSchema,
): readonly unknown[] {
  if (key === undefined) return list;
  const shown = [...list];
  const added = new Map<unknown, number>();
  for (const [index, item] of list.entries()) {
    if (!isObject(item)) continue;
    const identity = item[key];
    const known = former.find((of) => isObject(of) && of[key] === identity);
    const first = added.get(identity);
    const earlier = first === undefined ? undefined : shown[first];
    if (isObject(known)) shown[index] = shownPatch(item, known, items);
    else if (first === undefined) added.set(identity, index);
    else if (isObject(earlier)) {
      shown[first] = strategicMergePatch(earlier, item, items);
    }
  }
  return shown;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}
