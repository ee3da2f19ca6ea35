import type { TypeSchema } from "../schema/type_schema.ts";
import { DecodeError } from "./decoded.ts";

/**
 * Names the JSON type of a value as Go's decoder does.
 *
 * @param value Any JSON value.
 * @returns The name.
 */
export function jsonTypeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/**
 * Names the Go type of a field of a built-in kind, as near as a schema tells.
 *
 * @param schema Schema of the field.
 * @returns The name.
 */
export function goTypeName(schema: TypeSchema): string {
  if (schema.goType !== undefined) return schema.goType;
  const format = schema.validation?.format;
  switch (schema.type) {
    case "boolean":
      return "bool";
    case "integer":
      return format === "int64" ? "int64" : "int32";
    case "number":
      return "float64";
    case "array":
      return `[]${goTypeName(schema.items ?? {})}`;
    case "object": {
      const values = schema.additionalProperties;
      return values ? `map[string]${goTypeName(values)}` : "struct";
    }
  }
  return format === "byte" ? "[]uint8" : "string";
}

/** Says the same as what converts objects without a type. */
function conversionError(value: unknown, schema: TypeSchema): string {
  const from = kindOf(value);
  const isBytes = schema.validation?.format === "byte";
  // Go turns numbers into text and fractions into whole numbers, but not here.
  const isConvertible = from === "int64"
    ? schema.type === "string" && !isBytes
    : from === "float64" && schema.type === "integer";
  if (isConvertible) return `cannot convert ${from} to ${goTypeName(schema)}`;
  if (schema.type === "array" || isBytes) {
    return `cannot restore slice from ${from}`;
  }
  if (schema.type !== "object") {
    return `unrecognized type: ${goTypeName({ ...schema, goType: undefined })}`;
  }
  return schema.additionalProperties === undefined
    ? `cannot restore struct from: ${from}`
    : `cannot restore map from ${from}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "slice";
  if (typeof value === "number") {
    return Number.isInteger(value) ? "int64" : "float64";
  }
  return typeof value === "boolean"
    ? "bool"
    : typeof value === "string"
    ? "string"
    : "map";
}

/** Where a value is, for messages. */
export interface GoField {
  /** Name of the Go struct that holds the field. */
  readonly struct: string;
  /** Path of the field. */
  readonly path: string;
  /** The same as Go's decoder names it. */
  readonly goPath: string;
}

/** Says that a value does not fit its Go type. */
export function unmarshalError(
  value: unknown,
  schema: TypeSchema,
  field: GoField,
): DecodeError {
  return new DecodeError(
    `json: cannot unmarshal ${shownType(value, schema)} into Go struct field ` +
      `${field.struct}.${field.goPath} of type ${goTypeName(schema)}`,
    { converting: conversionError(value, schema) },
  );
}

/** A number that is no whole one is told. */
function shownType(value: unknown, { type }: TypeSchema): string {
  const isNumber = typeof value === "number" && type === "integer";
  return isNumber ? `number ${value}` : jsonTypeName(value);
}
