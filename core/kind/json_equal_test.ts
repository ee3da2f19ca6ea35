import { assertEquals } from "@std/assert";
import { jsonEqual } from "./json_equal.ts";

const cases: readonly (readonly [unknown, unknown, boolean])[] = [
  [1, 1, true],
  [1, "1", false],
  [null, undefined, false],
  [null, {}, false],
  [{}, [], false],
  [[], {}, false],
  [[1, [2]], [1, [2]], true],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: undefined }, { b: undefined }, true],
  [{ a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, false],
  [{ constructor: Object }, {}, false],
];

Deno.test("jsonEqual() compares values, whichever comes first", () => {
  for (const [a, b, expected] of cases) {
    const message = `${JSON.stringify(a)} and ${JSON.stringify(b)}`;
    assertEquals(jsonEqual(a, b), expected, message);
    assertEquals(jsonEqual(b, a), expected, message);
  }
});
