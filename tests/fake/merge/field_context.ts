import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import type { ElementOrder } from "./fields_v1.ts";
import { compareText, isObject } from "./json_value.ts";
import { compareElements } from "./path_element.ts";

/** Who writes, through which endpoint. */
export interface FieldContext {
  /** Schema of the kind. */
  readonly schema: TypeSchema;
  /** Name of the field manager. */
  readonly manager: string;
  /** API version of the request, e.g. `apps/v1`. */
  readonly apiVersion: string;
  /** Subresource of the request; absent for the object itself. */
  readonly subresource?: string;
  /** Time of the request, in RFC 3339 with seconds. */
  readonly time: string;
  /**
   * Paths that are never owned through this endpoint, with all that is below,
   * e.g. `["status"]` for the object itself.
   *
   * @default []
   */
  readonly resetFields?: readonly (readonly string[])[];
  /**
   * The write in other versions in which managers wrote, by `apiVersion`, where
   * a webhook converts them.
   *
   * @default {undefined} all versions have the same fields
   */
  readonly versions?: ReadonlyMap<string, VersionedChange>;
}

/** A write in another version than that of the request. */
export interface VersionedChange {
  /** Schema of that version. */
  readonly schema: TypeSchema;
  /** The stored object. */
  readonly live: JsonObject;
  /** The object to store. */
  readonly next: JsonObject;
}

/**
 * Makes the managed-fields entry of a writer, still without fields.
 *
 * @param context Who writes.
 * @param operation How.
 * @returns The entry.
 */
export function writerOf(
  context: FieldContext,
  operation: "Apply" | "Update",
): {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource?: string;
} {
  const { manager, apiVersion, subresource } = context;
  return {
    manager: manager || "unknown",
    operation,
    apiVersion,
    ...(subresource && { subresource }),
  };
}

/**
 * Decides in which order path elements are written: by what they hold in
 * built-in kinds, by their text in custom kinds, whose objects are plain JSON.
 *
 * @param schema Schema of the kind.
 * @returns The order.
 */
export function elementOrder(schema: TypeSchema): ElementOrder {
  return schema.zero === undefined ? compareText : compareElements;
}

/**
 * Makes the object that stands for one that does not exist yet: what its Go
 * type always holds.
 *
 * A Go type also holds null where an object of a built-in kind shows null, e.g.
 * for a time that is not set, so the fields that are null in it are added.
 *
 * @param schema Schema of the kind.
 * @param object The object that is about to exist.
 * @returns The object; empty for custom kinds.
 */
export function newObject(schema: TypeSchema, object: JsonObject): JsonObject {
  return schema.zero === undefined ? {} : withNulls(schema.zero, object);
}

function withNulls(zero: JsonObject, object: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...zero };
  for (const name in object) {
    const value = object[name];
    const former = zero[name];
    if (value === null) result[name] ??= null;
    else if (isObject(value) && isObject(former)) {
      result[name] = withNulls(former, value);
    }
  }
  return result;
}
