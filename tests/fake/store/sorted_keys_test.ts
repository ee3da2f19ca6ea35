import { assertEquals } from "@std/assert";
import { keysAfter, SortedKeys } from "./sorted_keys.ts";

function keysOf(...keys: readonly string[]): SortedKeys {
  const sorted = new SortedKeys();
  for (const key of keys) sorted.add(key);
  return sorted;
}

Deno.test("SortedKeys keeps keys in order as they come and go", () => {
  const keys = keysOf("n/c", "n/a", "m/b");
  assertEquals(keys.all, ["m/b", "n/a", "n/c"]);
  keys.delete("n/a");
  keys.add("n/b");
  keys.add("a/z");
  assertEquals(keys.all, ["a/z", "m/b", "n/b", "n/c"]);
});

Deno.test("SortedKeys forgets a key that goes before it is read", () => {
  const keys = keysOf("a", "b");
  keys.delete("a");
  assertEquals(keys.all, ["b"]);
  keys.delete("b");
  keys.add("b");
  assertEquals(keys.all, ["b"]);
});

Deno.test("keysAfter() chooses by prefix and place", () => {
  const keys = ["a/x", "b/x", "b/y", "b/z", "ba/x", "c/x"];
  assertEquals(keysAfter(keys, ""), keys);
  assertEquals(keysAfter(keys, "b/"), ["b/x", "b/y", "b/z"]);
  assertEquals(keysAfter(keys, "b/", "b/x"), ["b/y", "b/z"]);
  assertEquals(keysAfter(keys, "b/", "b/z"), []);
  assertEquals(keysAfter(keys, "", "b/zz"), ["ba/x", "c/x"]);
  assertEquals(keysAfter(keys, "d/"), []);
});
