import type { TypeSchema } from "../schema/type_schema.ts";
import { isEmpty } from "./json_value.ts";

/** How a value is merged: field by field, item by item, or as a whole. */
export type Shape = "map" | "list" | "scalar";

/** What an undeclared field may be: objects in it are merged, lists are not. */
const ANY: TypeSchema = { preserveUnknownFields: true };

/** What an item of an untyped list may be. */
const UNTYPED: TypeSchema = {
  preserveUnknownFields: true,
  listType: "atomic",
  mapType: "atomic",
};

/**
 * Decides how a value is merged: as its type says, or as the value itself where
 * any type is allowed.
 *
 * @param schema Schema of the value.
 * @param value The value; null takes any shape.
 * @returns The shape.
 */
export function shapeOf(schema: TypeSchema, value: unknown): Shape {
  switch (schema.type) {
    case "object":
      return "map";
    case "array":
      return "list";
    case undefined:
      if (Array.isArray(value)) return "list";
      return typeof value === "object" ? "map" : "scalar";
    default:
      return "scalar";
  }
}

/**
 * Tells whether a list is merged as a whole.
 *
 * @param schema Schema of the list.
 * @returns Whether it is neither a set nor a map list.
 */
export function isAtomicList(schema: TypeSchema): boolean {
  return schema.listType !== "set" && schema.listType !== "map";
}

/**
 * Finds the schema of a declared field.
 *
 * @param schema Schema of an object.
 * @param name Name of the field.
 * @returns The schema, or `undefined` if `properties` has none.
 */
export function declaredField(
  schema: TypeSchema,
  name: string,
): TypeSchema | undefined {
  const { properties } = schema;
  return properties !== undefined && Object.hasOwn(properties, name)
    ? properties[name]
    : undefined;
}

/**
 * Finds the schema of any field. An object that declares nothing allows
 * everything.
 *
 * @param schema Schema of an object.
 * @param name Name of the field.
 * @returns The schema, or `undefined` if the field is not allowed.
 */
export function fieldSchema(
  schema: TypeSchema,
  name: string,
): TypeSchema | undefined {
  const field = declaredField(schema, name) ?? schema.additionalProperties;
  if (field !== undefined) return field;
  const open = schema.preserveUnknownFields || schema.mergeUnknownFields ||
    schema.properties === undefined || isEmpty(schema.properties);
  return open ? ANY : undefined;
}

/**
 * Finds the schema of a field that is there, allowed or not.
 *
 * @param schema Schema of an object.
 * @param name Name of the field.
 * @returns The schema.
 */
export function presentField(schema: TypeSchema, name: string): TypeSchema {
  return fieldSchema(schema, name) ?? ANY;
}

/**
 * Finds the schema of the items of a list.
 *
 * @param schema Schema of a list.
 * @returns The schema.
 */
export function itemSchema(schema: TypeSchema): TypeSchema {
  return schema.items ?? UNTYPED;
}
