import { assertEquals, assertThrows } from "@std/assert";
import { SchemaError } from "./schema_error.ts";
import type { JsonSchema } from "./schema_place.ts";
import { structuralSchema } from "./structural_schema.ts";
import type { StructuralSchema } from "./structural_type.ts";

/** What ArkType, Valibot, TypeBox or a person writes, as the value of `a`. */
const CONVERTED: readonly (readonly [string, JsonSchema, StructuralSchema])[] =
  [
    ["const without type", { const: "x" }, { type: "string", enum: ["x"] }],
    ["a union of const", { anyOf: [{ const: "x" }, { const: "y" }] }, {
      type: "string",
      enum: ["x", "y"],
    }],
    ["an enum of numbers", { enum: [1, 2.5] }, {
      type: "number",
      enum: [1, 2.5],
    }],
    ["an enum with null", { enum: ["x", null] }, {
      type: "string",
      nullable: true,
      pattern: "^(?:x)$",
    }],
    ["types with null", { type: ["string", "null"], minLength: 1 }, {
      type: "string",
      nullable: true,
      minLength: 1,
    }],
    ["types", { type: ["string", "integer"], maxLength: 3 }, {
      "x-kubernetes-int-or-string": true,
      maxLength: 3,
    }],
    ["nullable beside a union", {
      anyOf: [{ type: "string", pattern: "a" }, {
        type: "string",
        pattern: "b",
      }],
      nullable: true,
    }, {
      type: "string",
      anyOf: [{ pattern: "a" }, { pattern: "b" }],
      nullable: true,
    }],
    ["types with null among several", { type: ["string", "integer", "null"] }, {
      "x-kubernetes-int-or-string": true,
      nullable: true,
    }],
    ["a pattern for all keys", {
      type: "object",
      patternProperties: { "^.*$": { type: "string" } },
    }, { type: "object", additionalProperties: { type: "string" } }],
    ["an object without type", { properties: { b: { type: "string" } } }, {
      type: "object",
      properties: { b: { type: "string" } },
    }],
    ["required without names", { type: "object", required: [] }, {
      type: "object",
    }],
    ["unique scalars", {
      type: "array",
      items: { type: "string" },
      uniqueItems: true,
    }, {
      type: "array",
      items: { type: "string" },
      "x-kubernetes-list-type": "set",
    }],
    ["an array without items", { type: "array" }, {
      type: "array",
      items: { "x-kubernetes-preserve-unknown-fields": true },
    }],
    ["exclusive limits of OpenAPI 3.0", {
      type: "number",
      minimum: 1,
      exclusiveMinimum: true,
    }, { type: "number", minimum: 1, exclusiveMinimum: true }],
    ["true", { properties: { b: true } }, {
      type: "object",
      properties: { b: { "x-kubernetes-preserve-unknown-fields": true } },
    }],
    ["a union of required members", {
      type: "object",
      properties: { b: { type: "string" }, c: { type: "string" } },
      oneOf: [{ required: ["b"] }, { required: ["c"] }],
    }, {
      type: "object",
      properties: { b: { type: "string" }, c: { type: "string" } },
      oneOf: [{ required: ["b"] }, { required: ["c"] }],
    }],
    ["types below a union", {
      type: "object",
      properties: { b: { type: "string" } },
      anyOf: [
        { properties: { b: { type: "string", minLength: 3 } } },
        { properties: { b: { const: "x" } } },
      ],
    }, {
      type: "object",
      properties: { b: { type: "string" } },
      anyOf: [
        { properties: { b: { minLength: 3 } } },
        { properties: { b: { enum: ["x"] } } },
      ],
    }],
    ["a negation", { type: "string", not: { enum: ["x"] } }, {
      type: "string",
      not: { enum: ["x"] },
    }],
    ["what Kubernetes does not know", {
      type: "string",
      $comment: "c",
      examples: ["x"],
      readOnly: true,
      deprecated: true,
    }, { type: "string" }],
  ];

for (const [what, schema, expected] of CONVERTED) {
  Deno.test(`convertSchema() converts ${what}`, () => {
    assertEquals(
      structuralSchema({ type: "object", properties: { a: schema } }),
      { type: "object", properties: { a: expected } },
    );
  });
}

const REFUSED: readonly (readonly [string, unknown, string, string])[] = [
  ["false", false, "spec.a", "no value is allowed"],
  ["a validation without type", { minLength: 3 }, "spec.a", "no one type"],
  ["a negated type", { not: { type: "string" } }, "spec.a", "negation"],
  ["a condition", { type: "string", if: {} }, "spec.a", "Kubernetes has no if"],
  ["a tuple of old", { type: "array", items: [{}] }, "spec.a", "tuples"],
  [
    "unique objects",
    {
      type: "array",
      items: { type: "object" },
      uniqueItems: true,
    },
    "spec.a[]",
    "scalars",
  ],
  [
    "patterns of keys",
    {
      type: "object",
      patternProperties: { "^x-": {} },
    },
    "spec.a",
    "patternProperties",
  ],
  [
    "members that only a union names",
    {
      type: "object",
      properties: {},
      anyOf: [
        { properties: { b: { type: "string", minLength: 1 } } },
        { properties: { b: { const: "" } } },
      ],
    },
    "spec.a.b",
    "not outside",
  ],
  [
    "unions of arrays",
    {
      anyOf: [{ type: "array", items: { type: "string" } }, { type: "array" }],
    },
    "spec.a",
    "a union of array values",
  ],
  ["a missing reference", { $ref: "#/$defs/B" }, "spec.a", "not in the schema"],
  [
    "a foreign reference",
    { $ref: "other.json" },
    "spec.a",
    "not in the schema",
  ],
];

for (const [what, schema, path, reason] of REFUSED) {
  Deno.test(`convertSchema() refuses ${what}`, () => {
    const error = assertThrows(
      () => structuralSchema({ type: "object", properties: { a: schema } }),
      SchemaError,
      reason,
    );
    assertEquals(error.path, path);
  });
}

Deno.test("convertSchema() does not change its argument", () => {
  const schema = { anyOf: [{ const: "a" }, { type: ["string", "null"] }] };
  const copy = structuredClone(schema);
  structuralSchema(schema);
  assertEquals(schema, copy);
});
