import { assertEquals, assertThrows } from "@std/assert";
import * as z from "zod";
import { inputSchema } from "./input_schema.ts";
import type { Schema } from "./schema.ts";
import { SchemaError } from "./schema_error.ts";
import { structuralSchema } from "./structural_schema.ts";
import type { StructuralSchema } from "./structural_type.ts";

const PRESERVED = { "x-kubernetes-preserve-unknown-fields": true };

/** What zod writes, and what Kubernetes takes. */
const CONVERTED: readonly (readonly [string, Schema, StructuralSchema])[] = [
  ["a string", z.string(), { type: "string" }],
  ["a boolean", z.boolean(), { type: "boolean" }],
  ["a number", z.number(), { type: "number" }],
  ["an int32", z.int32(), {
    type: "integer",
    minimum: -(2 ** 31),
    maximum: 2 ** 31 - 1,
  }],
  ["limits", z.string().min(1).max(5), {
    type: "string",
    minLength: 1,
    maxLength: 5,
  }],
  ["exclusive limits", z.number().gt(1).lt(5), {
    type: "number",
    minimum: 1,
    exclusiveMinimum: true,
    maximum: 5,
    exclusiveMaximum: true,
  }],
  ["a multiple", z.number().multipleOf(5), { type: "number", multipleOf: 5 }],
  ["a default", z.string().default("x"), { type: "string", default: "x" }],
  ["a prefault", z.string().prefault("x"), { type: "string", default: "x" }],
  ["nullable", z.string().nullable(), { type: "string", nullable: true }],
  ["a nullable default", z.string().nullable().default(null), {
    type: "string",
    nullable: true,
    default: null,
  }],
  ["a nullable enum of strings", z.enum(["a", "b.c"]).nullable(), {
    type: "string",
    nullable: true,
    pattern: "^(?:a|b\\.c)$",
  }],
  ["a nullable enum of numbers", z.literal([1, 2.5]).nullable(), {
    type: "number",
    nullable: true,
    "x-kubernetes-validations": [{ rule: "self in [1.0, 2.5]" }],
  }],
  ["an enum", z.enum(["a", "b"]), { type: "string", enum: ["a", "b"] }],
  ["a literal", z.literal(true), { type: "boolean", enum: [true] }],
  ["a union of enums", z.union([z.enum(["a"]), z.literal("b")]), {
    type: "string",
    enum: ["a", "b"],
  }],
  ["a union with its widest member", z.literal("a").or(z.string()), {
    type: "string",
  }],
  [
    "a union of patterns",
    z.string().regex(/^a/).or(z.string().regex(/z$/)),
    { type: "string", anyOf: [{ pattern: "^a" }, { pattern: "z$" }] },
  ],
  ["a string or an int", z.string().or(z.int32()), {
    "x-kubernetes-int-or-string": true,
    minimum: -(2 ** 31),
    maximum: 2 ** 31 - 1,
  }],
  [
    "a literal or an int, or null",
    z.literal("auto").or(z.int().min(1).max(9)).nullable(),
    {
      "x-kubernetes-int-or-string": true,
      nullable: true,
      pattern: "^(?:auto)$",
      minimum: 1,
      maximum: 9,
    },
  ],
  ["a given integer or others", z.literal(0).or(z.int().min(5).max(9)), {
    type: "integer",
    anyOf: [{ enum: [0] }, { minimum: 5, maximum: 9 }],
  }],
  ["a given number or others", z.literal(0).or(z.number().min(5)), {
    type: "number",
    anyOf: [{ enum: [0] }, { minimum: 5 }],
  }],
  ["a record", z.record(z.string(), z.number()), {
    type: "object",
    additionalProperties: { type: "number" },
  }],
  ["a record of anything", z.record(z.string(), z.unknown()), {
    type: "object",
    additionalProperties: PRESERVED,
  }],
  ["a record with given keys", z.record(z.enum(["a", "b"]), z.string()), {
    type: "object",
    properties: { a: { type: "string" }, b: { type: "string" } },
    required: ["a", "b"],
  }],
  ["an array", z.array(z.string()).min(1).max(3), {
    type: "array",
    items: { type: "string" },
    minItems: 1,
    maxItems: 3,
  }],
  ["an array of anything", z.array(z.any()), {
    type: "array",
    items: PRESERVED,
  }],
  ["anything", z.any(), PRESERVED],
  ["an object", z.object({ a: z.string(), b: z.string().optional() }), {
    type: "object",
    properties: { a: { type: "string" }, b: { type: "string" } },
    required: ["a"],
  }],
  ["an empty object", z.object({}), { type: "object", properties: {} }],
  ["a strict object", z.strictObject({ a: z.string().optional() }), {
    type: "object",
    properties: { a: { type: "string" } },
  }],
  ["a loose object", z.looseObject({ a: z.string().optional() }), {
    type: "object",
    properties: { a: { type: "string" } },
    ...PRESERVED,
  }],
  ["a nullable object", z.object({ a: z.string() }).nullable(), {
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
    nullable: true,
  }],
  [
    "an intersection",
    z.object({ a: z.string() }).and(z.object({ b: z.string().default("x") })),
    {
      type: "object",
      properties: {
        a: { type: "string" },
        b: { type: "string", default: "x" },
      },
      required: ["a"],
    },
  ],
  ["two patterns", z.string().regex(/^a/).regex(/z$/), {
    type: "string",
    pattern: "^a",
    allOf: [{ pattern: "z$" }],
  }],
  ["a known format", z.url(), { type: "string", format: "uri" }],
  ["an unknown format", z.jwt(), { type: "string" }],
  ["a host name, whose pattern Go lacks", z.hostname(), {
    type: "string",
    format: "hostname",
  }],
  ["annotations", z.string().describe("d").meta({ title: "t", id2: "x" }), {
    type: "string",
    title: "t",
    description: "d",
  }],
  [
    "a rule",
    z.string().meta({ "x-kubernetes-validations": [{ rule: "self != ''" }] }),
    { type: "string", "x-kubernetes-validations": [{ rule: "self != ''" }] },
  ],
];

for (const [what, schema, expected] of CONVERTED) {
  Deno.test(`structuralSchema() converts zod: ${what}`, () => {
    assertEquals(structuralSchema(inputSchema(schema, "spec")), expected);
  });
}

Deno.test("structuralSchema() puts a reused schema in its places", () => {
  const port = z.object({ port: z.int32() }).meta({ id: "KindTestPort" });
  const { properties = {} } = structuralSchema(
    inputSchema(z.object({ a: port, b: port }), "spec"),
  );
  assertEquals(properties["a"], properties["b"]);
  assertEquals(properties["a"]?.type, "object");
});

Deno.test("structuralSchema() keeps of a discriminated union what tells its members apart", () => {
  const schema = z.discriminatedUnion("type", [
    z.object({ type: z.literal("file"), path: z.string().min(1) }),
    z.object({ type: z.literal("http"), url: z.url(), path: z.string() }),
  ]);
  assertEquals(structuralSchema(inputSchema(schema, "spec")), {
    type: "object",
    properties: {
      type: { type: "string", enum: ["file", "http"] },
      path: { type: "string" },
      url: { type: "string", format: "uri" },
    },
    required: ["type", "path"],
    oneOf: [{
      properties: { type: { enum: ["file"] }, path: { minLength: 1 } },
      required: ["type", "path"],
    }, {
      properties: { type: { enum: ["http"] } },
      required: ["type", "url", "path"],
    }],
  });
});

const node = z.object({
  get child() {
    return z.union([node, z.null()]);
  },
});

/** What zod can write and Kubernetes cannot hold, and where it says so. */
const REFUSED: readonly (readonly [string, Schema, string, string])[] = [
  ["literals of two types", z.literal(["a", 1]), "spec", "no one type"],
  [
    "a string or a number",
    z.array(z.string().or(z.number())),
    "spec[]",
    "a union of number and string values",
  ],
  [
    "a string or given integers",
    z.string().or(z.literal(1)),
    "spec",
    "strings and given integers",
  ],
  ["a tuple", z.tuple([z.string()]), "spec", "prefixItems"],
  ["a catch-all", z.object({ a: z.int() }).catchall(z.int()), "spec", "both"],
  ["recursion", node, "spec.child", "recursive"],
  ["null alone", z.record(z.string(), z.null()), "spec.*", "null alone"],
  ["never", z.object({ a: z.never() }), "spec.a", "no value is allowed"],
  ["look-around", z.string().regex(/^(?!a)/), "spec", "RE2"],
  ["a date", z.date(), "spec", "Date cannot be represented"],
  [
    "a transform",
    z.string().transform((text) => text.trim()),
    "spec",
    "stores",
  ],
  [
    "union members that differ",
    z.discriminatedUnion("t", [
      z.object({ t: z.literal("a"), value: z.string() }),
      z.object({ t: z.literal("b"), value: z.boolean() }),
    ]),
    "spec.value",
    'a different "type"',
  ],
];

for (const [what, schema, path, reason] of REFUSED) {
  Deno.test(`structuralSchema() refuses zod: ${what}`, () => {
    const error = assertThrows(
      () => structuralSchema(inputSchema(schema, "spec")),
      SchemaError,
      reason,
    );
    assertEquals(error.path, path);
  });
}
