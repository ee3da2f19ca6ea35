import { assertEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import type { FieldSet } from "./field_set.ts";
import { toFieldSet, withNamedFields } from "./to_field_set.ts";

const SCHEMA: TypeSchema = {
  type: "object",
  properties: {
    nested: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
    },
    labels: { type: "object", additionalProperties: { type: "string" } },
    blob: { type: "object", mapType: "atomic" },
    plain: { type: "array", items: { type: "integer" } },
    tags: { type: "array", listType: "set", items: { type: "string" } },
    ports: {
      type: "array",
      listType: "map",
      listMapKeys: ["port"],
      items: {
        type: "object",
        properties: { port: { type: "integer" }, name: { type: "string" } },
      },
    },
  },
};

const CASES: [string, unknown, FieldSet | undefined][] = [
  ["a declared field only by its leaves", { nested: { a: "1" } }, {
    "f:nested": { "f:a": {} },
  }],
  ["keys of a map", { labels: { x: "1" } }, { "f:labels": { "f:x": {} } }],
  ["an empty map", { labels: {} }, { "f:labels": {} }],
  ["a null", { nested: null, tags: null }, { "f:nested": {}, "f:tags": {} }],
  ["an atomic map whole", { blob: { a: { b: 1 } } }, { "f:blob": {} }],
  ["an atomic list whole", { plain: [1, 2] }, { "f:plain": {} }],
  ["an empty atomic list", { plain: [] }, { "f:plain": {} }],
  ["an empty set not at all", { tags: [] }, undefined],
  ["values of a set", { tags: ["b", "a"] }, {
    "f:tags": { 'v:"b"': {}, 'v:"a"': {} },
  }],
  ["items of a map list with their fields", { ports: [{ port: 1 }] }, {
    "f:ports": { 'k:{"port":1}': { ".": {}, "f:port": {} } },
  }],
  ["items that occur twice without their fields", {
    ports: [{ port: 1, name: "a" }, { port: 1, name: "b" }],
  }, { "f:ports": { 'k:{"port":1}': {} } }],
];

for (const [what, object, expected] of CASES) {
  Deno.test(`toFieldSet() collects ${what}`, () => {
    assertEquals(toFieldSet(SCHEMA, object), expected);
  });
}

Deno.test("withNamedFields() adds declared fields above members", () => {
  assertEquals(
    withNamedFields(SCHEMA, {
      "f:nested": { "f:a": {} },
      "f:ports": { 'k:{"port":1}': { "f:name": {} } },
      "f:other": { "f:x": {} },
    }),
    {
      "f:nested": { ".": {}, "f:a": {} },
      "f:ports": { ".": {}, 'k:{"port":1}': { "f:name": {} } },
      "f:other": { "f:x": {} },
    },
  );
});
