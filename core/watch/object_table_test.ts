import { assertEquals } from "@std/assert";
import { ObjectTable } from "./object_table.ts";

Deno.test("ObjectTable tells namespaces apart, and objects without one", () => {
  const table = new ObjectTable<number>();
  const keys = [
    { name: "a", namespace: "one" },
    { name: "a", namespace: "two" },
    { name: "b", namespace: "one" },
    { name: "a" },
  ];
  keys.forEach((key, n) => table.set(key, n));
  assertEquals(keys.map((key) => table.get(key)), [0, 1, 2, 3]);
  assertEquals([...table.values()], [0, 2, 1, 3]);
  assertEquals([...table.inNamespace("one")], [0, 2]);
  assertEquals([...table.inNamespace("three")], []);
});

Deno.test("ObjectTable counts its objects", () => {
  const table = new ObjectTable<string>();
  const key = { name: "a", namespace: "one" };
  table.set(key, "old");
  table.set(key, "new");
  assertEquals(table.get(key), "new");
  assertEquals(table.size, 1);
  assertEquals(table.delete(key), "new");
  assertEquals(table.delete(key), undefined);
  assertEquals(table.size, 0);
});
