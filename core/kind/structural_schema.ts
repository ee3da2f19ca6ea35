import { convertSchema } from "./convert_schema.ts";
import { intersectSchemas } from "./schema_intersection.ts";
import { patternOfValues } from "./schema_pattern.ts";
import { SchemaError } from "./schema_error.ts";
import type { JsonSchema } from "./schema_place.ts";
import {
  INT_OR_STRING,
  PRESERVE_UNKNOWN,
  RULES,
  type StructuralSchema,
  VALIDATIONS,
} from "./structural_type.ts";

/**
 * Turns a JSON Schema (draft 2020-12) into a structural schema for a CRD.
 *
 * The API server accepts what comes out, also under `fieldValidation=Strict`.
 * What Kubernetes cannot hold is refused, with two exceptions: the patterns
 * of map keys are dropped, and so are annotations without meaning there.
 *
 * @param schema The JSON Schema.
 * @param path Where it will stand, for errors, as `"spec"`.
 * @returns The structural schema.
 * @throws {SchemaError} If it has no Kubernetes form.
 */
export function structuralSchema(
  schema: JsonSchema,
  path = "spec",
): StructuralSchema {
  const place = { root: schema, path, open: new Set([schema]) };
  return finish(convertSchema(schema, place), path);
}

function finish(schema: StructuralSchema, path: string): StructuralSchema {
  const { properties, items, additionalProperties } = schema;
  checkNames(schema, path);
  return {
    ...typed(nullableEnum(schema, path), path),
    ...properties === undefined ? {} : {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [
          name,
          finish(value, `${path}.${name}`),
        ]),
      ),
    },
    ...items === undefined ? {} : { items: finish(items, `${path}[]`) },
    ...additionalProperties === undefined ? {} : {
      additionalProperties: finish(additionalProperties, `${path}.*`),
    },
  };
}

/** A value without type can be anything, if nothing is said about it. */
function typed(schema: StructuralSchema, path: string): StructuralSchema {
  if (schema.type !== undefined || schema[INT_OR_STRING] === true) {
    return schema;
  }
  if ([...VALIDATIONS, "allOf"].some((key) => schema[key] !== undefined)) {
    throw new SchemaError(path, "the values have no one type");
  }
  return { ...schema, [PRESERVE_UNKNOWN]: true };
}

/** The server refuses null beside an enum, even one that lists it. */
function nullableEnum(
  schema: StructuralSchema,
  path: string,
): StructuralSchema {
  const { enum: values, nullable, ...rest } = schema;
  if (values === undefined || nullable !== true) return schema;
  const limit = schema.type === "string"
    ? { pattern: patternOfValues(values) } // null passes, and it costs little
    : { [RULES]: [{ rule: ruleOfValues(values, schema.type) }] };
  return { ...intersectSchemas(rest, limit, path), nullable };
}

/** Lists in rules hold values of one type: `1.0` beside `2.5`. */
function ruleOfValues(values: readonly unknown[], type?: string): string {
  const list = values.map((value) =>
    type === "number" && Number.isInteger(value)
      ? `${value}.0`
      : JSON.stringify(value)
  );
  return `self in [${list.join(", ")}]`;
}

/** Validations speak only of members that are named outside of them. */
function checkNames(schema: StructuralSchema, path: string): void {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  for (const part of [...allOf, ...anyOf, ...oneOf, ...not ? [not] : []]) {
    for (const name of Object.keys(part.properties ?? {})) {
      if (schema.properties?.[name] === undefined) {
        throw new SchemaError(
          `${path}.${name}`,
          "it is named in allOf, anyOf, oneOf or not, but not outside of them",
        );
      }
    }
    checkNames({ ...part, properties: schema.properties ?? {} }, path);
  }
}
