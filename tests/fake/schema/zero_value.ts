import type { JsonObject, TypeSchema } from "./type_schema.ts";

/**
 * Makes the value that a Go struct of a built-in type has before anything is
 * set, as the server writes it: fields without `omitempty` are always there.
 *
 * The OpenAPI document gives such fields a default of the zero value, or
 * requires them without a default where they are lists, maps or pointers.
 *
 * @param schema Schema of an object of a built-in type.
 * @returns The object.
 *
 * @example An always-written struct and list
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { zeroValue } from "./zero_value.ts";
 *
 * const zero = zeroValue({
 *   type: "object",
 *   required: ["list"],
 *   properties: {
 *     list: { type: "array" },
 *     nested: { type: "object", default: {}, properties: {} },
 *     optional: { type: "string" },
 *   },
 * });
 * assertEquals(zero, { list: null, nested: {} });
 * ```
 */
export function zeroValue(schema: TypeSchema): JsonObject {
  const zero: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const value = field.default;
    if (typeof value === "object" && value !== null) {
      if (field.type === "object") zero[name] = zeroValue(field);
    } else if (value === "" || value === 0 || value === false) {
      zero[name] = value;
    } else if (value === undefined && schema.required?.includes(name)) {
      zero[name] = null;
    }
  }
  return zero;
}
