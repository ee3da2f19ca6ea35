import { isObject, type JsonSchema } from "./schema_place.ts";

/**
 * Gives a schema the one type its values have, where it is written otherwise.
 *
 * `const` becomes `enum`, `null` among types or values becomes `nullable`, the
 * values of an `enum` and `properties` say the type, and a list of types
 * becomes a union.
 *
 * @param schema The schema, without `$ref`.
 * @returns The schema with `type`, or without it if there is not one type.
 */
export function typedSchema(schema: JsonSchema): JsonSchema {
  return typeOfShape(typeOfValues(splitTypes(enumOfConst(schema))));
}

function enumOfConst(schema: JsonSchema): JsonSchema {
  if (!("const" in schema)) return schema;
  const { const: value, ...rest } = schema;
  return { ...rest, enum: [value] };
}

function splitTypes(schema: JsonSchema): JsonSchema {
  const { type, ...rest } = schema;
  if (!Array.isArray(type)) return schema;
  const types: unknown[] = type.filter((name) => name !== "null");
  if (types.length === 0) return { ...rest, type: "null" };
  const nullable = types.length < type.length ? { nullable: true } : {};
  if (types.length === 1) return { ...rest, ...nullable, type: types[0] };
  const { allOf } = rest;
  const union = { anyOf: types.map((name) => ({ type: name })), ...nullable };
  return { ...rest, allOf: [...Array.isArray(allOf) ? allOf : [], union] };
}

function typeOfValues(schema: JsonSchema): JsonSchema {
  if (!Array.isArray(schema["enum"])) return schema;
  const values: unknown[] = schema["enum"].filter((value) => value !== null);
  if (values.length === 0) return { ...schema, type: "null" };
  const nullable = values.length < schema["enum"].length;
  const own = schema["type"];
  // zod says that integers are numbers
  const type = own === undefined || own === "number" ? typeOfAll(values) : own;
  return {
    ...schema,
    enum: values,
    ...type === undefined ? {} : { type },
    ...nullable ? { nullable } : {},
  };
}

function typeOfAll(values: readonly unknown[]): string | undefined {
  const types = new Set(values.map((value) => typeof value));
  if (types.size > 1) return undefined;
  if (types.has("number")) {
    return values.every(Number.isInteger) ? "integer" : "number";
  }
  return ["string", "boolean"].find((type) => types.has(type as "string"));
}

function typeOfShape(schema: JsonSchema): JsonSchema {
  const isShaped = isObject(schema["properties"]) ||
    isObject(schema["additionalProperties"]);
  return schema["type"] === undefined && isShaped
    ? { ...schema, type: "object" }
    : schema;
}
