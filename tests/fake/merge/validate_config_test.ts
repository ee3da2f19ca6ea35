import { assertEquals } from "@std/assert";
import type { TypeSchema } from "../schema/type_schema.ts";
import { validateConfig } from "./validate_config.ts";

const SCHEMA: TypeSchema = {
  type: "object",
  properties: {
    name: { type: "string" },
    time: { type: "string", validation: { format: "date-time" } },
    size: { type: "integer" },
    on: { type: "boolean" },
    map: { type: "object", additionalProperties: { type: "string" } },
    plain: { type: "array", items: { type: "string" } },
    set: { type: "array", listType: "set", items: { type: "string" } },
  },
};

const CASES: [string, unknown, string | undefined][] = [
  ["what fits", { name: "a", size: 1, on: true, map: { a: "1" } }, undefined],
  ["null anywhere", { name: null, map: null, set: null }, undefined],
  ["an undeclared field", { x: 1 }, ".x: field not declared in schema"],
  [
    "a string",
    { name: 1 },
    ".name: expected string, got &value.valueUnstructured{Value:1}",
  ],
  [
    "a formatted string",
    { time: {} },
    ".time: expected any scalar, got &{map[]}",
  ],
  [
    "a number",
    { size: "1" },
    ".size: expected numeric (int or float), got string",
  ],
  ["a boolean", { on: "x" }, ".on: expected boolean, got &{x}"],
  ["a map", { map: [1] }, ".map: expected map, got &{[1]}"],
  ["a list", { plain: { a: 1 } }, ".plain: expected list, got &{map[a:1]}"],
  [
    "items by their place",
    { plain: ["a", 1] },
    ".plain[1]: expected string, got &value.valueUnstructured{Value:1}",
  ],
  [
    "items that occur twice",
    { set: ["a", "a"] },
    '.set: duplicate entries for key [="a"]',
  ],
  [
    "items without identity",
    { set: [null] },
    ".set: element 0: associative list without keys has an element that's an explicit null",
  ],
  [
    "several problems",
    { size: "1", on: 1 },
    "errors:\n  .size: expected numeric (int or float), got string\n  .on: expected boolean, got &{1}",
  ],
];

for (const [what, config, expected] of CASES) {
  Deno.test(`validateConfig() checks ${what}`, () => {
    assertEquals(validateConfig(SCHEMA, config), expected);
  });
}
