import { assertEquals, assertThrows } from "@std/assert";
import { backoffDelay } from "./backoff.ts";

Deno.test("backoffDelay() doubles from 800 ms to 30 s when no option is given", () => {
  const random = () => 0;
  const delays = [0, 1, 5, 6, 10_000].map((n) => backoffDelay(n, { random }));
  assertEquals(delays, [800, 1_600, 25_600, 30_000, 30_000]);
});

Deno.test("backoffDelay() shortens by the random part only", () => {
  const cases = [
    { jitter: 0, random: 0.9, expected: 1_000 },
    { jitter: 0.5, random: 0.5, expected: 750 },
    { jitter: 1, random: 0.75, expected: 250 },
  ];
  for (const { jitter, random, expected } of cases) {
    const options = { initial: 1_000, jitter, random: () => random };
    assertEquals(backoffDelay(0, options), expected);
  }
});

Deno.test("backoffDelay() throws when the attempt is no count", () => {
  assertThrows(() => backoffDelay(-1), RangeError, "got -1");
  assertThrows(() => backoffDelay(NaN), RangeError, "got NaN");
});
