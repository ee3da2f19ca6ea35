import { assertEquals, assertThrows } from "@std/assert";
import {
  equalityLabels,
  labelSelector,
  parseLabelSelector,
} from "./selector.ts";

Deno.test("parseLabelSelector() selects as the API server does", () => {
  const cases: readonly (readonly [
    string,
    Readonly<Record<string, string>>,
    boolean,
  ])[] = [
    ["", {}, true],
    ["  ", { a: "1" }, true],
    ["a=1", { a: "1" }, true],
    ["a==1", { a: "1" }, true],
    [" a = 1 , b = 2 ", { a: "1", b: "2" }, true],
    ["a=1,b=2", { a: "1" }, false],
    ["a=", { a: "" }, true],
    ["a=", {}, false],
    ["a!=1", {}, true],
    ["a!=1", { a: "1" }, false],
    ["a", { a: "" }, true],
    ["a", { b: "" }, false],
    ["!a", { b: "" }, true],
    ["! a", { a: "" }, false],
    ["a in (1,2)", { a: "2" }, true],
    ["a in(1, 2)", { a: "3" }, false],
    ["a in ()", { a: "" }, true],
    ["a notin (1)", {}, true],
    ["a notin (1)", { a: "1" }, false],
    ["a notin ( 1 ),b", { a: "2", b: "x" }, true],
    ["a > 5", { a: "10" }, true],
    ["a<5", { a: "10" }, false],
    ["a>5", { a: "x" }, false],
    ["a>5", {}, false],
    ["example.io/a.b_c=d-e", { "example.io/a.b_c": "d-e" }, true],
    ["constructor", {}, false],
  ];
  for (const [selector, labels, expected] of cases) {
    assertEquals(parseLabelSelector(selector)(labels), expected, selector);
  }
});

Deno.test("parseLabelSelector() treats no labels as empty ones", () => {
  assertEquals(parseLabelSelector("!a")(undefined), true);
});

Deno.test("parseLabelSelector() refuses what is no selector", () => {
  for (
    const text of [
      ",",
      "a,",
      ",a",
      "a b",
      "a=b c",
      "a=(b)",
      "a in b",
      "a in (b",
      "a > x",
      "-a",
      "a=-b",
      "/a",
      "A.io/a",
      `${"a".repeat(64)}=b`,
      "__proto__",
    ]
  ) {
    assertThrows(
      () => parseLabelSelector(text),
      SyntaxError,
      "Cannot read label selector",
      text,
    );
  }
});

Deno.test("parseLabelSelector() takes linear time", () => {
  const start = performance.now();
  for (const text of [" ", "a ", ",", "!", "a=", "("]) {
    assertThrows(() => parseLabelSelector(`a${text.repeat(100_000)}(`));
  }
  assertEquals(performance.now() - start < 1_000, true);
});

Deno.test("labelSelector() writes what parseLabelSelector() reads", () => {
  const text = labelSelector({ a: "1", "x.io/b": ["2", ""], c: null, d: "" });
  assertEquals(text, "a=1,x.io/b in (2,),!c,d=");
  const selects = parseLabelSelector(text);
  assertEquals(selects({ a: "1", "x.io/b": "", d: "" }), true);
  assertEquals(selects({ a: "1", "x.io/b": "", c: "", d: "" }), false);
  assertEquals(labelSelector({}), "");
});

Deno.test("labelSelector() refuses to be widened by a value", () => {
  for (
    const labels of [
      { a: "b,c" },
      { a: "b)" },
      { "a=b,c": "d" },
      { a: ["b", "c d"] },
      { a: [] },
      { "": "b" },
    ]
  ) {
    assertThrows(
      () => labelSelector(labels),
      TypeError,
      "Cannot select by label",
    );
  }
});

Deno.test("equalityLabels() finds labels with one value", () => {
  const cases: readonly (readonly [
    string,
    Record<string, string> | undefined,
  ])[] = [
    ["", {}],
    ["a=1,b==2", { a: "1", b: "2" }],
    ["a=1,a=1", { a: "1" }],
    ["a in (1)", { a: "1" }],
    ["a=1,a=2", undefined],
    ["a in (1,2)", undefined],
    ["a", undefined],
    ["!a", undefined],
    ["a!=1", undefined],
  ];
  for (const [selector, labels] of cases) {
    assertEquals(equalityLabels(selector), labels, selector);
  }
});
