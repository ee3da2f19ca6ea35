import { assertEquals } from "@std/assert";
import { ObjectIndex } from "./object_index.ts";

interface Thing {
  readonly name: string;
  readonly tags: readonly string[];
}

Deno.test("ObjectIndex finds objects under each of their values", () => {
  const index = new ObjectIndex<Thing>(({ tags }) => tags);
  const names = (tag: string) => [...index.get(tag)].map(({ name }) => name);
  const a = { name: "a", tags: ["red", "big"] };
  const b = { name: "b", tags: ["red"] };
  const c = { name: "c", tags: ["red"] };
  for (const thing of [a, b, c]) index.add(thing);
  assertEquals(names("red"), ["a", "b", "c"]);
  assertEquals(names("big"), ["a"]);
  assertEquals(names("blue"), []);

  index.delete(a);
  assertEquals(names("red"), ["b", "c"]);
  assertEquals(names("big"), []);
  index.delete(b);
  index.delete(c);
  assertEquals(names("red"), []);
});

Deno.test("ObjectIndex.add() keeps an object once when it has a value twice", () => {
  const index = new ObjectIndex<Thing>(({ tags }) => tags);
  const a = { name: "a", tags: ["red", "red"] };
  index.add(a);
  assertEquals([...index.get("red")], [a]);
});

Deno.test("ObjectIndex.delete() ignores what is not in", () => {
  const index = new ObjectIndex<Thing>(({ tags }) => tags);
  const a = { name: "a", tags: ["red"] };
  index.add(a);
  index.delete({ name: "b", tags: ["red", "blue"] });
  assertEquals([...index.get("red")], [a]);
});
