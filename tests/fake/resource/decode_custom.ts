import { prune } from "../crd/pruning.ts";
import { setSchemaDefaults } from "../crd/defaulting.ts";
import { isObject } from "../merge/json_value.ts";
import { without } from "../object/object_meta.ts";
import { OBJECT_META_SCHEMA } from "../schema/object_meta_schema.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { type Decoded, DecodeError } from "./decoded.ts";
import { decodeNative } from "./decode_native.ts";
import { jsonTypeName } from "./go_type.ts";

/**
 * Reads an object of a custom kind: its metadata into Go's type, the rest
 * pruned and with the defaults of its schema.
 *
 * @param body The object.
 * @param schema Schema of the kind.
 * @returns The object.
 * @throws {DecodeError} If a value of the metadata has the wrong type.
 */
export function decodeCustom(body: JsonObject, schema: TypeSchema): Decoded {
  const { metadata, ...rest } = body;
  const decoded = metadata === undefined || metadata === null
    ? { object: {}, unknown: [] }
    : decodeMetadata(metadata);
  const pruned = prune(rest, schema);
  const object = setSchemaDefaults(pruned.object, schema, { dropNulls: true });
  return {
    object: { ...object, metadata: decoded.object },
    unknown: [
      ...decoded.unknown.map((path) => `metadata.${path}`),
      ...pruned.unknown,
    ],
  };
}

const FIELDS = "managedFields";

/**
 * Reads an object of a custom kind that a webhook has patched: with defaults,
 * but what the schema does not know is only dropped when it is stored, and
 * metadata of the wrong type at once.
 *
 * @param object The object.
 * @param schema Schema of the kind.
 * @returns The object.
 */
export function decodePatched(
  object: JsonObject,
  schema: TypeSchema,
): JsonObject {
  const { metadata, ...rest } = object;
  const given = Object.entries(isObject(metadata) ? metadata : {});
  const kept = given.flatMap(([name, value]) => {
    try {
      const { object } = decodeMetadata({ [name]: value });
      return Object.entries(object);
    } catch (error) {
      if (error instanceof DecodeError) return [];
      throw error;
    }
  });
  return {
    ...setSchemaDefaults(rest, schema),
    metadata: Object.fromEntries(kept),
  };
}

function decodeMetadata(metadata: unknown): Decoded {
  if (isObject(metadata)) {
    const { object, unknown } = decodeNative(
      metadata,
      OBJECT_META_SCHEMA,
      "ObjectMeta",
    );
    const { managedFields } = object;
    // An empty list says nothing, since it is written into a Go type and back.
    const isSaid = !Array.isArray(managedFields) || managedFields.length > 0;
    return { object: isSaid ? object : without(object, FIELDS), unknown };
  }
  throw new DecodeError(
    `json: cannot unmarshal ${
      jsonTypeName(metadata)
    } into Go value of type v1.ObjectMeta`,
  );
}
