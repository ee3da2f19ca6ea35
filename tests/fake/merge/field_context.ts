import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import type { ElementOrder } from "./fields_v1.ts";
import { compareText } from "./json_value.ts";
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
 * Makes the object that stands for one that does not exist yet.
 *
 * @param schema Schema of the kind.
 * @returns What a new object always holds.
 */
export function newObject(schema: TypeSchema): JsonObject {
  return schema.zero ?? {};
}
