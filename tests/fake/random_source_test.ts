import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { RandomSource } from "./random_source.ts";

Deno.test("RandomSource makes the same from the same seed", () => {
  const [a, b, c] = [
    new RandomSource(1),
    new RandomSource(1),
    new RandomSource(2),
  ];
  const uid = a.uid();
  assertEquals(b.uid(), uid);
  assertNotEquals(c.uid(), uid);
  assertNotEquals(a.uid(), uid);
  assertNotEquals(new RandomSource().uid(), new RandomSource().uid());
  assertMatch(
    uid,
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
  assertMatch(a.suffix(), /^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});
