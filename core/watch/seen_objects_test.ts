import { assertEquals, assertStrictEquals } from "@std/assert";
import { widget } from "../../tests/scripted_reader.ts";
import { SeenObjects } from "./seen_objects.ts";

/** As servers behind an aggregation layer may send it. */
function withoutVersion(name: string): ReturnType<typeof widget> {
  const object = widget(name, "");
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata } as typeof object;
}

Deno.test("SeenObjects refuses repetitions and older states", () => {
  const cases: [deleted: boolean, version: string, isNews: boolean][] = [
    [false, "5", true],
    [false, "5", false],
    [false, "4", false],
    [false, "10", true],
    [true, "9", false],
    [true, "10", true], // a deletion may repeat the last version
    [true, "10", false],
    [false, "8", false], // or the dead would be raised
    [false, "11", true],
  ];
  const seen = new SeenObjects();
  for (const [n, [deleted, version, expected]] of cases.entries()) {
    const object = widget("a", version);
    const isNews = deleted ? seen.acceptDeleted(object) : seen.accept(object);
    assertEquals(isNews, expected, `step ${n}`);
  }
  assertEquals(seen.accept(withoutVersion("a")), true);
  assertEquals(seen.accept(widget("a", "1")), true); // nothing to compare with
});

Deno.test("SeenObjects tells objects apart", () => {
  const seen = new SeenObjects();
  assertEquals(seen.accept(widget("a", "5")), true);
  assertEquals(seen.accept(widget("b", "4")), true);
  assertEquals(seen.list(), [widget("a", "5"), widget("b", "4")]);
});

Deno.test("SeenObjects takes an object that was made anew for a newer one", () => {
  const seen = new SeenObjects();
  seen.accept(widget("a", "5", "a-1"));
  assertEquals(seen.accept(widget("a", "7", "a-2")), true);
  assertEquals(seen.acceptDeleted(widget("a", "6", "a-1")), false);
  assertEquals(seen.accept(widget("a", "5", "a-1")), false);
  assertEquals(seen.list(), [widget("a", "7", "a-2")]);
});

Deno.test("SeenObjects.startStream() keeps what went for one more stream", () => {
  const seen = new SeenObjects();
  seen.acceptDeleted(widget("a", "6"));
  seen.startStream();
  assertEquals(seen.accept(widget("a", "5")), false);
  seen.startStream();
  assertEquals(seen.accept(widget("a", "5")), true);
});

Deno.test("SeenObjects.same() finds a state that has not changed", () => {
  const seen = new SeenObjects();
  const first = widget("a", "5");
  seen.accept(first);
  assertStrictEquals(seen.same(widget("a", "5")), first);
  assertEquals(seen.same(widget("a", "6")), undefined);
  assertEquals(seen.same(widget("a", "5", "a-2")), undefined);
  seen.accept(withoutVersion("b"));
  assertEquals(seen.same(withoutVersion("b")), undefined);
});
