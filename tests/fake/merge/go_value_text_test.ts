import { assertEquals } from "@std/assert";
import { goJson, goSyntax, goText, goType } from "./go_value_text.ts";

Deno.test("goText() writes as %v", () => {
  const cases: [unknown, string][] = [
    [{ b: [1, "x"], a: null }, "map[a:<nil> b:[1 x]]"],
    [1.5, "1.5"],
    [true, "true"],
  ];
  for (const [value, text] of cases) assertEquals(goText(value), text);
});

Deno.test("goSyntax() writes as %#v", () => {
  assertEquals(
    goSyntax({ b: [1, "x", null], a: {} }),
    'map[string]interface {}{"a":map[string]interface {}{}, "b":[]interface {}{1, "x", interface {}(nil)}}',
  );
});

Deno.test("goType() names the type", () => {
  const values = ["a", true, 1, 1.5, [], {}];
  assertEquals(values.map(goType), [
    "string",
    "bool",
    "int64",
    "float64",
    "[]interface {}",
    "map[string]interface {}",
  ]);
});

Deno.test("goJson() escapes HTML", () => {
  assertEquals(goJson("a<b>&c"), '"a\\u003cb\\u003e\\u0026c"');
});
