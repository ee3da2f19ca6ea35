import { assertEquals, assertThrows } from "@std/assert";
import { formatKey, parseKey } from "./key.ts";

Deno.test("formatKey() leaves out a missing namespace", () => {
  assertEquals(formatKey({ name: "node-1" }), "node-1");
  assertEquals(formatKey({ namespace: "a", name: "b" }), "a/b");
});

Deno.test("parseKey() reads back what formatKey() wrote", () => {
  for (const key of [{ name: "a.b" }, { namespace: "a", name: "b.c" }]) {
    assertEquals(parseKey(formatKey(key)), key);
  }
});

Deno.test("parseKey() refuses text that is no key", () => {
  for (const text of ["", "/", "a/", "/a", "a/b/c"]) {
    assertThrows(
      () => parseKey(text),
      SyntaxError,
      `Cannot read key ${JSON.stringify(text)}`,
    );
  }
});
