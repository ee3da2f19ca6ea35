import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { deepFreeze } from "./deep_freeze.ts";

Deno.test("deepFreeze() freezes objects and arrays at every depth", () => {
  const value = { a: { b: [{ c: 1 }, []] }, d: {}, e: null };
  assertStrictEquals(deepFreeze(value), value);
  const all = [value, value.a, value.a.b, value.a.b[0], value.a.b[1], value.d];
  for (const part of all) assert(Object.isFrozen(part));
});

Deno.test("deepFreeze() returns what cannot be frozen", () => {
  for (const value of [undefined, null, 1, "a", true]) {
    assertEquals(deepFreeze(value), value);
  }
});
