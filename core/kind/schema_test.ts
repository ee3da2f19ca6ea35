import { assertEquals } from "@std/assert";
import { fromJsonSchema } from "./schema.ts";

const OPTIONS = { target: "draft-2020-12" } as const;

Deno.test("fromJsonSchema() describes both sides alike", () => {
  const schema = { type: "object", properties: { a: { type: "string" } } };
  const { jsonSchema } = fromJsonSchema(schema)["~standard"];
  assertEquals(jsonSchema.input(OPTIONS), schema);
  assertEquals(jsonSchema.output(OPTIONS), schema);
});

Deno.test("fromJsonSchema() hands out copies", () => {
  const schema = { type: "string" };
  const { jsonSchema } = fromJsonSchema(schema)["~standard"];
  jsonSchema.input(OPTIONS)["type"] = "number";
  assertEquals(jsonSchema.input(OPTIONS), { type: "string" });
  assertEquals(schema, { type: "string" });
});

Deno.test("fromJsonSchema() leaves validation to the API server", () => {
  const { validate } = fromJsonSchema<unknown>({ type: "string" })["~standard"];
  assertEquals(validate(1), { value: 1 });
});
