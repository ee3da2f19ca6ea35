import type { JsonObject, TypeSchema } from "./type_schema.ts";

/**
 * Makes the value that a Go struct of a built-in type has before anything is
 * set, as the server writes it: fields without `omitempty` are always there.
 *
 * The OpenAPI document gives texts, numbers and structs among them a default;
 * lists, maps, pointers and times have none.
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
 *   always: ["list", "nested"],
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
  for (const name of schema.always ?? []) {
    const field = schema.properties?.[name];
    if (field !== undefined) zero[name] = zeroOf(field);
  }
  return zero;
}

function zeroOf(field: TypeSchema): unknown {
  if (field.intOrString) {
    return field.validation?.format === "quantity" ? "0" : 0;
  }
  switch (typeof field.default) {
    case "object":
      return field.type === "object" ? zeroValue(field) : null;
    case "string":
      return "";
    case "number":
      return 0;
    case "boolean":
      return false;
  }
  return null;
}
