import { assert, assertEquals } from "@std/assert";
import {
  compareText,
  equalJson,
  isEmpty,
  isObject,
  setField,
} from "./json_value.ts";

Deno.test("isObject() tells objects from other values", () => {
  assert(isObject({}));
  for (const value of [null, undefined, [], "a", 1, true]) {
    assert(!isObject(value), String(value));
  }
});

Deno.test("isEmpty() looks at keys only", () => {
  assert(isEmpty({}));
  assert(!isEmpty({ a: undefined }));
});

Deno.test("equalJson() compares values whatever the order of keys", () => {
  const cases: [unknown, unknown, boolean][] = [
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{}, [], false],
    [[], {}, false],
    [null, {}, false],
    [1, "1", false],
    [{ toString: 1 }, {}, false],
  ];
  for (const [a, b, equal] of cases) {
    assertEquals(equalJson(a, b), equal, JSON.stringify([a, b]));
  }
});

Deno.test("compareText() orders by code point", () => {
  const sorted = ["", "A", "a", "ab", "b", "\uffff", "\u{1f600}"];
  assertEquals(sorted.toReversed().sort(compareText), sorted);
});

Deno.test("setField() sets a field named __proto__ without a prototype", () => {
  const object: Record<string, unknown> = {};
  setField(object, "__proto__", { polluted: true });
  assertEquals(Object.keys(object), ["__proto__"]);
  assertEquals(Object.getPrototypeOf(object), Object.prototype);
});
