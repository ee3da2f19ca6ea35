import { assertEquals } from "@std/assert";
import { LruMap } from "./lru_map.ts";

Deno.test("LruMap forgets what was used least recently", () => {
  const map = new LruMap<string, number>(3);
  for (const [value, key] of ["a", "b", "c"].entries()) map.set(key, value);
  map.get("a");
  map.set("b", 9);
  map.set("d", 3);
  assertEquals(["a", "b", "c", "d"].map((key) => map.get(key)), [
    0,
    9,
    undefined,
    3,
  ]);
});

Deno.test("LruMap stays within its capacity", () => {
  const map = new LruMap<number, number>(10);
  for (let i = 0; i < 1_000; i++) map.set(i, i);
  assertEquals(map.size, 10);
  assertEquals([map.delete(999), map.delete(999), map.size], [true, false, 9]);
});
