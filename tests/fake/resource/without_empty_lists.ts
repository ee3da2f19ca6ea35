import { valueAt, withValueAt } from "../object/field_path.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

type Path = readonly string[];

const paths = new WeakMap<TypeSchema, readonly Path[]>();

/**
 * Turns empty lists into null where Go always writes a field: the store keeps
 * protobuf, which does not tell one from the other.
 *
 * @param object An object of a built-in kind.
 * @param schema Its schema.
 * @returns The object as it comes back from the store.
 */
export function withoutEmptyLists(
  object: JsonObject,
  schema: TypeSchema,
): JsonObject {
  let known = paths.get(schema);
  if (known === undefined) paths.set(schema, known = [...listPaths(schema)]);
  let result = object;
  for (const path of known) {
    const value = valueAt(result, path);
    if (Array.isArray(value) && value.length === 0) {
      result = withValueAt(result, { path, value: null });
    }
  }
  return result;
}

function* listPaths(schema: TypeSchema): Generator<Path> {
  const { properties = {}, always = [] } = schema;
  for (const [name, field] of Object.entries(properties)) {
    if (name === "metadata") continue;
    if (field.type === "array") {
      if (always.includes(name)) yield [name];
    } else if (field.properties !== undefined) {
      for (const path of listPaths(field)) yield [name, ...path];
    }
  }
}
