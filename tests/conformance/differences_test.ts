import { assertEquals } from "@std/assert";
import { differences } from "./differences.ts";

Deno.test("differences() tells the innermost values", () => {
  assertEquals(differences({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), []);
  assertEquals(differences({ a: [1, { b: 2 }] }, { a: [1, { c: 2 }] }), [
    { path: "a.1.b", real: 2, got: undefined },
    { path: "a.1.c", real: undefined, got: 2 },
  ]);
  assertEquals(differences({ a: [1] }, { a: [1, 2] }), [
    { path: "a", real: [1], got: [1, 2] },
  ]);
});
