import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  difference,
  type FieldSet,
  fieldSetOf,
  intersection,
  union,
} from "./field_set.ts";

const PARENT: FieldSet = { "f:a": {} };
const CHILD: FieldSet = { "f:a": { "f:b": {} } };
const BOTH: FieldSet = { "f:a": { ".": {}, "f:b": {} } };

Deno.test("union() has what is in either set", () => {
  assertEquals(union(PARENT, CHILD), BOTH);
  assertEquals(union(CHILD, PARENT), BOTH);
  assertEquals(union(undefined, CHILD), CHILD);
  assertEquals(union({ "f:x": {} }, PARENT), { "f:x": {}, "f:a": {} });
});

Deno.test("union() is the first set when the second adds nothing", () => {
  assertStrictEquals(union(BOTH, PARENT), BOTH);
  assertStrictEquals(union(BOTH, CHILD), BOTH);
});

Deno.test("intersection() has what is in both sets", () => {
  assertEquals(intersection(BOTH, PARENT), PARENT);
  assertEquals(intersection(BOTH, CHILD), CHILD);
  assertEquals(intersection(PARENT, CHILD), undefined);
});

Deno.test("difference() takes away members only", () => {
  assertEquals(difference(BOTH, PARENT), CHILD);
  assertEquals(difference(BOTH, CHILD), PARENT);
  assertEquals(difference(CHILD, PARENT), CHILD);
  assertEquals(difference(PARENT, CHILD), PARENT);
  assertEquals(difference(BOTH, BOTH), undefined);
});

Deno.test("difference() is the first set when nothing is taken away", () => {
  assertStrictEquals(difference(CHILD, PARENT), CHILD);
  assertStrictEquals(difference(BOTH, { "f:x": {} }), BOTH);
});

Deno.test("difference() takes away what is below a member when recursive", () => {
  assertEquals(difference(BOTH, PARENT, { recursive: true }), undefined);
  assertEquals(difference(BOTH, CHILD, { recursive: true }), PARENT);
});

Deno.test("fieldSetOf() has the paths and nothing between", () => {
  assertEquals(fieldSetOf([["a", "b"], ["a"], ["c"]]), {
    "f:a": { ".": {}, "f:b": {} },
    "f:c": {},
  });
  assertEquals(fieldSetOf([]), undefined);
});
