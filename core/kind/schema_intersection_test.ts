import { assertEquals, assertThrows } from "@std/assert";
import { SchemaError } from "./schema_error.ts";
import { intersectSchemas } from "./schema_intersection.ts";
import type { StructuralSchema } from "./structural_type.ts";

const INTERSECTIONS: readonly {
  readonly what: string;
  readonly left: StructuralSchema;
  readonly right: StructuralSchema;
  readonly result: StructuralSchema;
}[] = [{
  what: "keeps the annotations of the left",
  left: { type: "string", description: "left" },
  right: { type: "string", description: "right", title: "right" },
  result: { type: "string", description: "left", title: "right" },
}, {
  what: "narrows numbers to integers",
  left: { type: "number" },
  right: { type: "integer" },
  result: { type: "integer" },
}, {
  what: "merges members",
  left: {
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
  },
  right: {
    type: "object",
    properties: { a: { type: "string", minLength: 1 }, b: { type: "number" } },
    required: ["b", "a"],
  },
  result: {
    type: "object",
    properties: { a: { type: "string", minLength: 1 }, b: { type: "number" } },
    required: ["a", "b"],
  },
}, {
  what: "merges items and values of maps",
  left: { items: { type: "string" }, additionalProperties: { minLength: 1 } },
  right: { items: { maxLength: 3 }, additionalProperties: { type: "string" } },
  result: {
    items: { type: "string", maxLength: 3 },
    additionalProperties: { minLength: 1, type: "string" },
  },
}, {
  what: "says below allOf what cannot be said twice",
  left: { type: "number", minimum: 1, exclusiveMinimum: true },
  right: { type: "number", minimum: 5, maximum: 9 },
  result: {
    type: "number",
    minimum: 1,
    exclusiveMinimum: true,
    allOf: [{ minimum: 5, maximum: 9 }],
  },
}, {
  what: "joins rules",
  left: { "x-kubernetes-validations": [{ rule: "a" }] },
  right: { "x-kubernetes-validations": [{ rule: "b" }] },
  result: { "x-kubernetes-validations": [{ rule: "a" }, { rule: "b" }] },
}, {
  what: "allows null if both do",
  left: { type: "string", nullable: true },
  right: { type: "string" },
  result: { type: "string" },
}, {
  what: "allows null if the other says no type",
  left: { type: "string", nullable: true },
  right: { pattern: "a" },
  result: { type: "string", nullable: true, pattern: "a" },
}];

for (const { what, left, right, result } of INTERSECTIONS) {
  Deno.test(`intersectSchemas() ${what}`, () => {
    assertEquals(intersectSchemas(left, right, "spec"), result);
  });
}

Deno.test("intersectSchemas() refuses different types", () => {
  const member = (type: string) => ({ properties: { a: { type } } });
  const error = assertThrows(
    () => intersectSchemas(member("string"), member("number"), "spec"),
    SchemaError,
    'differ in "type"',
  );
  assertEquals(error.path, "spec.a");
});
