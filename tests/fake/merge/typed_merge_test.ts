import { assertEquals, assertStrictEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import { typedMerge } from "./typed_merge.ts";

const SET: TypeSchema = { type: "array", listType: "set" };
const MAP: TypeSchema = {
  type: "array",
  listType: "map",
  listMapKeys: ["id"],
  items: { type: "object" },
};

const CASES: [string, TypeSchema, unknown, unknown, unknown][] = [
  ["fields", { type: "object" }, { a: 1, b: { c: 1 } }, { b: { d: 2 } }, {
    a: 1,
    b: { c: 1, d: 2 },
  }],
  ["an atomic map whole", { type: "object", mapType: "atomic" }, { a: 1 }, {
    b: 2,
  }, { b: 2 }],
  ["null into a map as nothing", { type: "object" }, { a: 1 }, null, { a: 1 }],
  ["null into an empty map as null", { type: "object" }, {}, null, null],
  ["an atomic list whole", { type: "array" }, [1, 2], [3], [3]],
  ["an empty list into a set as nothing", SET, ["a"], [], ["a"]],
  ["new items after what is there", SET, ["a"], ["b"], ["a", "b"]],
  ["items in the order of the configuration", SET, ["a", "b", "c"], [
    "c",
    "x",
    "a",
  ], ["b", "c", "x", "a"]],
  ["fields of items", MAP, [{ id: 1, a: 1 }, { id: 2 }], [{ id: 1, b: 2 }], [
    { id: 1, a: 1, b: 2 },
    { id: 2 },
  ]],
  ["any value by its own shape", {}, { a: 1 }, "x", "x"],
];

for (const [what, schema, live, applied, expected] of CASES) {
  Deno.test(`typedMerge() merges ${what}`, () => {
    assertEquals(typedMerge(schema, live, applied), expected);
  });
}

Deno.test("typedMerge() is the live value when nothing is new", () => {
  const live = { a: [{ id: 1, x: 1 }], b: { c: 1 } };
  const schema: TypeSchema = { type: "object", properties: { a: MAP } };
  assertStrictEquals(
    typedMerge({ ...schema, preserveUnknownFields: true }, live, {
      a: [{ id: 1 }],
      b: { c: 1 },
    }),
    live,
  );
});

Deno.test("typedMerge() does not merge into live items that occur twice", () => {
  assertEquals(
    typedMerge(MAP, [{ id: 1, a: 1 }, { id: 1, a: 2 }], [{ id: 1, b: 1 }]),
    [{ id: 1, b: 1 }],
  );
});

Deno.test("typedMerge() keeps a field named __proto__", () => {
  const applied = JSON.parse('{"__proto__":"1"}');
  const merged = typedMerge({ type: "object" }, { a: "1" }, applied);
  assertEquals(JSON.stringify(merged), '{"a":"1","__proto__":"1"}');
});
