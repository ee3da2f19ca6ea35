import { assertEquals, assertThrows } from "@std/assert";
import { compareElements, elementText, itemElement } from "./path_element.ts";
import { StructuredMergeError } from "./structured_merge_error.ts";
import type { TypeSchema } from "../schema/type_schema.ts";

const SET: TypeSchema = { type: "array", listType: "set" };
const MAP: TypeSchema = {
  type: "array",
  listType: "map",
  listMapKeys: ["port", "name", "protocol"],
  items: {
    type: "object",
    properties: { protocol: { type: "string", default: "TCP" } },
  },
};

Deno.test("itemElement() of a map list sorts keys, adds defaults, leaves out the rest", () => {
  assertEquals(
    itemElement(MAP, { protocol: "UDP", port: 80, other: 1 }),
    'k:{"port":80,"protocol":"UDP"}',
  );
  assertEquals(
    itemElement(MAP, { name: "a<b" }),
    'k:{"name":"a\\u003cb","protocol":"TCP"}',
  );
});

Deno.test("itemElement() of a set is the value", () => {
  assertEquals(itemElement(SET, "a"), 'v:"a"');
  assertEquals(itemElement(SET, 1), "v:1");
});

Deno.test("itemElement() throws when an item has no identity", () => {
  const keyed: TypeSchema = {
    type: "array",
    listType: "map",
    listMapKeys: ["id"],
    items: { type: "object", properties: {} },
  };
  const cases: [TypeSchema, unknown][] = [
    [SET, null],
    [SET, {}],
    [SET, []],
    [keyed, null],
    [keyed, "a"],
    [keyed, { other: 1 }],
  ];
  for (const [schema, item] of cases) {
    assertThrows(() => itemElement(schema, item), StructuredMergeError);
  }
});

Deno.test("compareElements() orders by type, then by content", () => {
  const sorted = [
    "f:A",
    "f:a",
    "f:b",
    'k:{"port":80}',
    'k:{"port":443}',
    'k:{"port":443,"protocol":"TCP"}',
    'k:{"port":"x"}',
    "v:9",
    "v:10",
    'v:"a"',
    'v:"b"',
    "v:false",
    "v:true",
    "i:2",
    "i:10",
  ];
  assertEquals(sorted.toReversed().sort(compareElements), sorted);
});

Deno.test("elementText() writes elements as in messages", () => {
  const cases: [string, string][] = [
    ["f:spec", ".spec"],
    ['k:{"name":"a","port":80}', '[name="a",port=80]'],
    ['v:"a\\u0026b"', '[="a&b"]'],
    ["i:3", "[3]"],
  ];
  for (const [element, text] of cases) assertEquals(elementText(element), text);
});
