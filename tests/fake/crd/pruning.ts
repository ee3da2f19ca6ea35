import { compareText, isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

/**
 * Drops what a structural schema does not declare.
 *
 * @param object The object; not changed.
 * @param schema Its schema.
 * @returns The rest, and the paths of what was dropped, in order.
 */
export function prune(
  object: JsonObject,
  schema: TypeSchema,
): { readonly object: JsonObject; readonly unknown: readonly string[] } {
  const unknown: string[] = [];

  function visit(value: unknown, of: TypeSchema, path: string): unknown {
    if (Array.isArray(value)) {
      const items = of.items;
      if (items === undefined) return value;
      return value.map((item, index) =>
        visit(item, items, `${path}[${index}]`)
      );
    }
    return isObject(value) ? fields(value, of, path) : value;
  }

  function fields(value: JsonObject, of: TypeSchema, path: string): JsonObject {
    const result: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      const child = path === "" ? name : `${path}.${name}`;
      const known = declared(of, name);
      if (known !== undefined) {
        setField(result, { name, value: visit(field, known, child) });
      } else if (of.preserveUnknownFields) {
        setField(result, { name, value: field });
      } else unknown.push(child);
    }
    return result;
  }

  return {
    object: fields(object, schema, ""),
    unknown: unknown.sort(compareText),
  };
}

/** The schema of a field of an object. */
function declared(of: TypeSchema, name: string): TypeSchema | undefined {
  const { properties, additionalProperties } = of;
  return properties !== undefined && Object.hasOwn(properties, name)
    ? properties[name]
    : additionalProperties;
}
