import { assertEquals } from "@std/assert";
import { ObjectIndex } from "./object_index.ts";

const index = (): ObjectIndex<readonly string[]> =>
  new ObjectIndex((values) => values);

Deno.test("ObjectIndex.update() adds, moves and removes keys", () => {
  const tags = index();
  tags.update("a", undefined, ["red", "big"]);
  tags.update("b", undefined, ["red"]);
  assertEquals([...tags.get("red")], ["a", "b"]);
  assertEquals([...tags.get("big")], ["a"]);

  tags.update("a", ["red", "big"], ["blue", "big"]);
  assertEquals([...tags.get("red")], ["b"]);
  assertEquals([...tags.get("blue")], ["a"]);
  assertEquals([...tags.get("big")], ["a"]);

  tags.update("b", ["red"], undefined);
  tags.update("a", ["blue", "big"], undefined);
  for (const value of ["red", "blue", "big"]) {
    assertEquals([...tags.get(value)], []);
  }
});

Deno.test("ObjectIndex.update() keeps a key once when it is added twice", () => {
  const tags = index();
  tags.update("a", undefined, ["red", "red"]);
  assertEquals([...tags.get("red")], ["a"]);
});

Deno.test("ObjectIndex.update() ignores a removal of what is not there", () => {
  const tags = index();
  tags.update("a", undefined, ["red"]);
  tags.update("b", ["red", "blue"], undefined);
  assertEquals([...tags.get("red")], ["a"]);
});
