import { typedSchema } from "./schema_constants.ts";
import { SchemaError } from "./schema_error.ts";
import { intersectSchemas } from "./schema_intersection.ts";
import { schemaKeywords } from "./schema_keywords.ts";
import {
  isObject,
  type JsonSchema,
  openSchema,
  type SchemaPlace,
} from "./schema_place.ts";
import { unionOfSchemas } from "./schema_union.ts";
import {
  isEmpty,
  unionOfValidations,
  valueValidation,
} from "./schema_validation.ts";
import { PRESERVE_UNKNOWN, type StructuralSchema } from "./structural_type.ts";

/**
 * Converts a JSON Schema to the form of structural schemas, part by part.
 *
 * The result may still lack the type of a value and hold a nullable enum.
 *
 * @param value The JSON Schema.
 * @param at Where it stands.
 * @returns The structural schema.
 * @throws {SchemaError} If it has no Kubernetes form.
 */
export function convertSchema(
  value: unknown,
  at: SchemaPlace,
): StructuralSchema {
  const opened = openSchema(value, at);
  const { place, place: { path } } = opened;
  const schema = typedSchema(opened.schema);
  if (schema["type"] === "null") {
    throw new SchemaError(path, "null alone is no type in Kubernetes");
  }
  let result: StructuralSchema = {
    ...schemaKeywords(schema, path),
    ...objectKeywords(schema, place),
    ...arrayKeywords(schema, place),
    ...negation(schema, place),
  };
  for (const part of listOf(schema["allOf"])) {
    result = intersectSchemas(result, convertSchema(part, place), path);
  }
  for (const key of ["anyOf", "oneOf"] as const) {
    const parts = listOf(schema[key]);
    if (parts.length === 0) continue;
    result = intersectSchemas(result, union(parts, key, result, place), path);
  }
  return schema["nullable"] === true ? { ...result, nullable: true } : result;
}

function union(
  parts: readonly unknown[],
  key: "anyOf" | "oneOf",
  around: StructuralSchema,
  place: SchemaPlace,
): StructuralSchema {
  const { path } = place;
  const present = parts.filter((part) => !isNull(part, place));
  const schemas = present.map((part) => convertSchema(part, place));
  if (around.type !== undefined && schemas.length > 1) {
    return unionOfValidations(
      key,
      schemas.map((schema) => valueValidation(schema, path)),
    );
  }
  const result = unionOfSchemas(schemas, { key, path });
  return present.length < parts.length ? { ...result, nullable: true } : result;
}

function isNull(value: unknown, place: SchemaPlace): boolean {
  return isObject(value) &&
    typedSchema(openSchema(value, place).schema)["type"] === "null";
}

function negation(schema: JsonSchema, place: SchemaPlace): StructuralSchema {
  if (schema["not"] === undefined) return {};
  const { path } = place;
  const not = valueValidation(convertSchema(schema["not"], place), path);
  if (!isEmpty(not)) return { not };
  const reason = isObject(schema["not"]) && isEmpty(schema["not"])
    ? "no value is allowed here"
    : "the negation of a type has no Kubernetes form";
  throw new SchemaError(path, reason);
}

function objectKeywords(
  schema: JsonSchema,
  place: SchemaPlace,
): StructuralSchema {
  const members = membersOfKeys(schema);
  const properties = members ?? schema["properties"];
  const required = listOf(schema["required"]);
  return {
    ...isObject(properties)
      ? { properties: convertMembers(properties, place) }
      : {},
    ...required.length === 0 ? {} : { required: required.map(String) },
    ...members === undefined ? mapValues(schema, place) : {},
  };
}

/** A map with given keys is an object. */
function membersOfKeys(schema: JsonSchema): JsonSchema | undefined {
  const { propertyNames, additionalProperties: values } = schema;
  if (!isObject(propertyNames) || !isObject(values)) return undefined;
  const names = propertyNames["enum"];
  return Array.isArray(names) && schema["properties"] === undefined
    ? Object.fromEntries(names.map((name) => [name, values]))
    : undefined;
}

function convertMembers(
  members: JsonSchema,
  place: SchemaPlace,
): Record<string, StructuralSchema> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      convertSchema(value, { ...place, path: `${place.path}.${name}` }),
    ]),
  );
}

function mapValues(schema: JsonSchema, place: SchemaPlace): StructuralSchema {
  const values = valuesOfPatterns(schema, place) ??
    schema["additionalProperties"];
  // the server prunes unknown fields anyway
  if (values === undefined || values === false) return {};
  const inner = { ...place, path: `${place.path}.*` };
  if (schema["properties"] === undefined) {
    return { additionalProperties: convertSchema(values, inner) };
  }
  if (values === true || isObject(values) && isEmpty(values)) {
    return { [PRESERVE_UNKNOWN]: true };
  }
  throw new SchemaError(
    place.path,
    "Kubernetes has no objects with both named and other typed members",
  );
}

function valuesOfPatterns(schema: JsonSchema, { path }: SchemaPlace): unknown {
  const { patternProperties } = schema;
  if (!isObject(patternProperties)) return undefined;
  const [[pattern, values] = ["", undefined], ...others] = Object.entries(
    patternProperties,
  );
  if (others.length === 0 && ANY_KEY.has(pattern)) return values;
  throw new SchemaError(path, "Kubernetes has no patternProperties");
}

const ANY_KEY: ReadonlySet<string> = new Set(["", ".*", "^.*$", "^(.*)$"]);

function arrayKeywords(
  schema: JsonSchema,
  place: SchemaPlace,
): StructuralSchema {
  if (schema["type"] !== "array") return {};
  const path = `${place.path}[]`;
  if (Array.isArray(schema["items"])) {
    throw new SchemaError(place.path, "Kubernetes has no tuples");
  }
  const items = convertSchema(schema["items"] ?? {}, { ...place, path });
  if (schema["uniqueItems"] !== true) return { items };
  if (["object", "array", undefined].includes(items.type)) {
    throw new SchemaError(path, "only scalars can be unique");
  }
  return { items, "x-kubernetes-list-type": "set" };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
