import { assertEquals, assertThrows } from "@std/assert";
import * as z from "zod";
import { inputSchema } from "./input_schema.ts";
import type { Schema } from "./schema.ts";
import { SchemaError } from "./schema_error.ts";

/** A schema whose JSON Schemas are given. */
function schemaOf(input: object, output: object): Schema {
  return {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => ({ value }),
      jsonSchema: {
        input: () => ({ ...input }),
        output: () => ({ ...output }),
      },
    },
  };
}

Deno.test("inputSchema() asks for what is stored, in the common dialect", () => {
  const { required, $schema } = inputSchema(
    z.object({ a: z.string(), b: z.string().default("x") }),
    "spec",
  );
  assertEquals(required, ["a"]);
  assertEquals($schema, "https://json-schema.org/draft/2020-12/schema");
});

const count = { properties: { count: { type: "number" } } };
const counted = { ...count, required: ["count"] };

Deno.test("inputSchema() refuses a member that only validation fills in", () => {
  for (
    const [input, output, path] of [
      [count, counted, "spec.count"],
      [{ items: count }, { items: counted }, "spec[].count"],
      [{ anyOf: [{}, count] }, { anyOf: [{}, counted] }, "spec.count"],
      [
        { properties: { a: { additionalProperties: count } } },
        { properties: { a: { additionalProperties: counted } } },
        "spec.a.*.count",
      ],
    ] as const
  ) {
    const error = assertThrows(
      () => inputSchema(schemaOf(input, output), "spec"),
      SchemaError,
      "validation fills it in",
    );
    assertEquals(error.path, path);
  }
});

Deno.test("inputSchema() accepts a member that the server fills in", () => {
  const input = { properties: { count: { type: "number", default: 3 } } };
  assertEquals(inputSchema(schemaOf(input, counted), "spec"), input);
});

Deno.test("inputSchema() tells what a library cannot describe", () => {
  const error = assertThrows(
    () => inputSchema(z.object({ at: z.date() }), "status"),
    SchemaError,
    "Date cannot be represented",
  );
  assertEquals(error.path, "status");
  assertEquals(error.cause instanceof Error, true);
});

Deno.test("inputSchema() names the way out for a library without the standard", () => {
  const schema = schemaOf({}, {});
  const { jsonSchema: _, ...standard } = schema["~standard"];
  assertThrows(
    // as a caller without type checks would do
    () => inputSchema({ "~standard": standard } as Schema, "spec"),
    SchemaError,
    "toStandardJsonSchema()",
  );
});
