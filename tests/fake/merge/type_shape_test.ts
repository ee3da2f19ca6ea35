import { assertEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import { fieldSchema, shapeOf } from "./type_shape.ts";

Deno.test("shapeOf() follows the type, or the value where there is none", () => {
  const cases: [TypeSchema, unknown, string][] = [
    [{ type: "object" }, "x", "map"],
    [{ type: "array" }, {}, "list"],
    [{ type: "integer" }, {}, "scalar"],
    [{}, [], "list"],
    [{}, {}, "map"],
    [{}, null, "map"],
    [{}, 1, "scalar"],
  ];
  for (const [schema, value, shape] of cases) {
    assertEquals(shapeOf(schema, value), shape);
  }
});

Deno.test("fieldSchema() finds what is declared or allowed", () => {
  const declared: TypeSchema = {
    type: "object",
    properties: { a: { type: "integer" } },
  };
  assertEquals(fieldSchema(declared, "a"), { type: "integer" });
  assertEquals(fieldSchema(declared, "b"), undefined);
  assertEquals(fieldSchema(declared, "constructor"), undefined);
  const open: TypeSchema[] = [
    { ...declared, preserveUnknownFields: true },
    { ...declared, mergeUnknownFields: true },
    { type: "object" },
    { type: "object", properties: {} },
  ];
  for (const schema of open) {
    assertEquals(fieldSchema(schema, "b"), { preserveUnknownFields: true });
  }
  assertEquals(
    fieldSchema({ ...declared, additionalProperties: { type: "string" } }, "b"),
    { type: "string" },
  );
});
