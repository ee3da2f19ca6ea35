import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { parseFieldsV1, sortFields } from "./fields_v1.ts";
import { compareElements } from "./path_element.ts";

Deno.test("parseFieldsV1() normalises elements and drops unknown ones", () => {
  assertEquals(
    parseFieldsV1({
      "f:a": { ".": {}, 'k:{"b":1,"a":"x<"}': {}, "q:new": {} },
      "v: 1.0": {},
      "i:03": {},
      "f:b": { "q:new": {} },
    }),
    {
      "f:a": { ".": {}, 'k:{"a":"x\\u003c","b":1}': {} },
      "v:1": {},
      "i:3": {},
      "f:b": {},
    },
  );
});

Deno.test("parseFieldsV1() of nothing is the empty set", () => {
  for (const fields of [{}, null, undefined, "x"]) {
    assertEquals(parseFieldsV1(fields), undefined);
  }
});

Deno.test("parseFieldsV1() throws when an element cannot be read", () => {
  for (const element of ["a", "i:x", "v:{", "k:[1]"]) {
    assertThrows(() => parseFieldsV1({ [element]: {} }), SyntaxError);
  }
});

Deno.test("sortFields() sorts every level", () => {
  const sorted = sortFields({
    "f:b": { 'k:{"p":443}': {}, 'k:{"p":80}': { "f:x": {}, ".": {} } },
    "f:a": {},
  }, compareElements);
  assertEquals(
    JSON.stringify(sorted),
    JSON.stringify({
      "f:a": {},
      "f:b": { 'k:{"p":80}': { ".": {}, "f:x": {} }, 'k:{"p":443}': {} },
    }),
  );
});

Deno.test("sortFields() is the set itself when it is sorted", () => {
  const set = { "f:a": { ".": {}, "f:b": {} }, "f:c": {} };
  assertStrictEquals(sortFields(set, compareElements), set);
});
