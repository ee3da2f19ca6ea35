import { isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";

/** How {@linkcode setSchemaDefaults} treats null. */
export interface DefaultingOptions {
  /**
   * Whether null is dropped where a field is neither nullable nor has a
   * default, as it is when a body is read.
   *
   * @default false
   */
  readonly dropNulls?: boolean;
}

/**
 * Fills in the defaults of a structural schema.
 *
 * @param object The object; not changed.
 * @param schema Its schema.
 * @param options How null is treated.
 * @returns The object with defaults.
 */
export function setSchemaDefaults(
  object: JsonObject,
  schema: TypeSchema,
  { dropNulls = false }: DefaultingOptions = {},
): JsonObject {
  function visit(value: unknown, of: TypeSchema): unknown {
    if (Array.isArray(value)) {
      const items = of.items;
      return items === undefined
        ? value
        : value.map((item) => visit(item, items));
    }
    return isObject(value) ? fields(value, of) : value;
  }

  function fields(value: JsonObject, of: TypeSchema): JsonObject {
    const result: Record<string, unknown> = {};
    const known = of.properties ?? {};
    for (const [name, field] of Object.entries(value)) {
      const child = Object.hasOwn(known, name)
        ? known[name]
        : of.additionalProperties;
      if (child === undefined) setField(result, { name, value: field });
      else if (field !== null || child.nullable) {
        setField(result, { name, value: visit(field, child) });
      } else if (
        child.default === undefined &&
        !dropNulls
      ) {
        setField(result, { name, value: field });
      }
    }
    for (const [name, child] of Object.entries(known)) {
      if (child.default !== undefined && !Object.hasOwn(result, name)) {
        result[name] = visit(child.default, child);
      }
    }
    return result;
  }

  return fields(object, schema);
}
