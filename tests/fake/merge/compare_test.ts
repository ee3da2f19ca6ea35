import { assertEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import { compare, type Comparison } from "./compare.ts";

const SCHEMA: TypeSchema = {
  type: "object",
  properties: {
    a: { type: "integer" },
    map: { type: "object" },
    blob: { type: "object", mapType: "atomic" },
    set: { type: "array", listType: "set" },
    list: {
      type: "array",
      listType: "map",
      listMapKeys: ["id"],
      items: { type: "object" },
    },
    any: {},
  },
};

const CASES: [string, unknown, unknown, Comparison][] = [
  ["equal objects", { a: 1, map: { x: 1 } }, { map: { x: 1 }, a: 1 }, {}],
  ["a changed leaf", { a: 1 }, { a: 2 }, { modified: { "f:a": {} } }],
  ["a new leaf", {}, { a: 2 }, { added: { "f:a": {} } }],
  ["a lost leaf", { a: 2 }, {}, { removed: { "f:a": {} } }],
  ["a new map with its fields", {}, { map: { x: { y: 1 } } }, {
    added: { "f:map": { ".": {}, "f:x": { ".": {}, "f:y": {} } } },
  }],
  ["a field of a map", { map: { x: 1 } }, { map: { x: 1, y: 1 } }, {
    added: { "f:map": { "f:y": {} } },
  }],
  ["an atomic map", { blob: { x: 1 } }, { blob: { x: 2 } }, {
    modified: { "f:blob": {} },
  }],
  ["null and an empty map", { map: {} }, { map: null }, {
    modified: { "f:map": {} },
  }],
  ["items of a set", { set: ["a", "b"] }, { set: ["b", "c"] }, {
    added: { "f:set": { 'v:"c"': {} } },
    removed: { "f:set": { 'v:"a"': {} } },
  }],
  ["a new order as nothing", { set: ["a", "b"] }, { set: ["b", "a"] }, {}],
  ["a field of an item", { list: [{ id: 1, x: 1 }] }, {
    list: [{ id: 1, x: 2 }],
  }, { modified: { "f:list": { 'k:{"id":1}': { "f:x": {} } } } }],
  ["an item that becomes ambiguous", { list: [{ id: 1 }] }, {
    list: [{ id: 1 }, { id: 1 }],
  }, {
    added: { "f:list": { 'k:{"id":1}': {} } },
    removed: { "f:list": { 'k:{"id":1}': { ".": {}, "f:id": {} } } },
  }],
  ["a value that changes its shape", { any: { x: 1 } }, { any: "s" }, {
    modified: { "f:any": {} },
    removed: { "f:any": { "f:x": {} } },
  }],
];

for (const [what, before, after, expected] of CASES) {
  Deno.test(`compare() sees ${what}`, () => {
    const { added, modified, removed } = compare(SCHEMA, before, after);
    assertEquals({ added, modified, removed }, {
      added: expected.added,
      modified: expected.modified,
      removed: expected.removed,
    });
  });
}
