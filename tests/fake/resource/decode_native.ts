import { isEmpty, isObject } from "../merge/json_value.ts";
import { setField } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { zeroValue } from "../schema/zero_value.ts";
import { type Decoded, DecodeError } from "./decoded.ts";
import { embeddedStruct } from "./embedded_struct.ts";
import { goScalar } from "./go_scalar.ts";
import { type GoField, unmarshalError } from "./go_type.ts";

/**
 * Reads an object of a built-in kind as Go reads it into its type: unknown
 * fields are dropped, fields that are always written are filled in.
 *
 * @param body The object.
 * @param schema Schema of the kind.
 * @param kind Name of the kind, for messages.
 * @returns The object.
 * @throws {DecodeError} If a value has the wrong type.
 */
export function decodeNative(
  body: JsonObject,
  schema: TypeSchema,
  kind: string,
): Decoded {
  const unknown: string[] = [];

  function struct(value: JsonObject, of: TypeSchema, at: GoField): JsonObject {
    const { properties } = of;
    const result: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      const child = below(at, name, of);
      const known = properties !== undefined && Object.hasOwn(properties, name)
        ? properties[name]
        : undefined;
      if (known === undefined) {
        if (of.preserveUnknownFields || properties === undefined) {
          setField(result, { name, value: field });
        } else unknown.push(child.path);
      } else if (field !== null) {
        const value = read(field, known, child);
        const isKept = name === "managedFields" || // Empty, it resets them.
          of.always?.includes(name) ||
          !isEmptyValue(value, known) && !isOmitted(value, name, of);
        if (isKept) result[name] = value;
      }
    }
    const zero = of.zero ?? zeroOf(of);
    for (const name in zero) {
      if (!(name in result)) result[name] = zero[name];
    }
    return result;
  }

  function map(value: JsonObject, of: TypeSchema, at: GoField): JsonObject {
    const result: Record<string, unknown> = {};
    for (const [name, item] of Object.entries(value)) {
      const child = { ...at, item: name };
      setField(result, { name, value: read(item ?? zeroItem(of), of, child) });
    }
    return result;
  }

  let first: DecodeError | undefined;

  /** As Go, goes on after most errors and tells the first of them. */
  function read(value: unknown, of: TypeSchema, at: GoField): unknown {
    try {
      return readAs(value, of, at);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      if (error.isFinal && first !== undefined) {
        const { converting } = first;
        throw new DecodeError(error.message, { converting, isFinal: true });
      }
      if (error.isFinal) throw error;
      first ??= error;
      return undefined;
    }
  }

  function readAs(value: unknown, of: TypeSchema, at: GoField): unknown {
    if (of.type === "array") {
      if (!Array.isArray(value)) throw unmarshalError(value, of, at);
      const items = of.items ?? {};
      return value.map((item, index) =>
        read(item ?? zeroItem(items), items, indexed(at, index))
      );
    }
    if (of.type !== "object") return goScalar(value, of, at);
    if (!isObject(value)) throw unmarshalError(value, of, at);
    return of.additionalProperties === undefined
      ? struct(value, of, at)
      : map(value, of.additionalProperties, at);
  }

  const object = struct(body, schema, { struct: kind, path: "", goPath: "" });
  if (first !== undefined) throw first;
  return { object, unknown };
}

/** Whether Go leaves a zero out, as most fields say `omitempty`. */
function isOmitted(value: unknown, name: string, of: TypeSchema): boolean {
  const isZero = value === "" || value === 0 || value === false;
  return isZero && (of.nonzero?.includes(name) ?? false);
}

/** Whether Go leaves a list or map out, as nearly all fields say `omitempty`. */
function isEmptyValue(value: unknown, schema: TypeSchema): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return schema.additionalProperties !== undefined && isObject(value) &&
    isEmpty(value);
}

const zeros = new WeakMap<TypeSchema, JsonObject>();

function zeroOf(schema: TypeSchema): JsonObject {
  let zero = zeros.get(schema);
  if (zero === undefined) {
    zeros.set(schema, zero = zeroValue(schema));
  }
  return zero;
}

function zeroItem({ type }: TypeSchema): unknown {
  if (type === "string") return "";
  if (type === "boolean") return false;
  return type === "array" ? [] : type === "object" ? {} : 0;
}

/** A struct is named by its own type, with the path from the top. */
function below(at: GoField, name: string, schema: TypeSchema): GoField {
  const struct = schema.goType?.split(".").at(-1) ?? at.struct;
  const embedded = embeddedStruct(schema, name);
  const named = embedded === undefined ? name : `${embedded}.${name}`;
  return {
    struct,
    path: at.path === "" ? name : `${at.path}.${name}`,
    goPath: at.goPath === "" ? named : `${at.goPath}.${named}`,
  };
}

function indexed(at: GoField, index: number): GoField {
  return { ...at, path: `${at.path}[${index}]` };
}
