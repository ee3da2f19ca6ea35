import { assertEquals, assertThrows } from "@std/assert";
import { PollError } from "./poll_error.ts";
import { PollPace } from "./poll_pace.ts";

const down = new Error("down");

Deno.test("PollPace doubles the interval after each failure, up to 32 times", () => {
  const pace = new PollPace({ interval: 1_000, jitter: 0 });
  const delays = Array.from({ length: 8 }, () => pace.failed(down));
  assertEquals(
    delays,
    [2_000, 4_000, 8_000, 16_000, 32_000, 32_000, 32_000, 32_000],
  );
});

Deno.test("PollPace starts over after a success", () => {
  const pace = new PollPace({ interval: 1_000, jitter: 0 });
  pace.failed(down);
  pace.failed(down);
  assertEquals(pace.failures, 2);
  assertEquals(pace.succeeded(), 1_000);
  assertEquals(pace.failures, 0);
  assertEquals(pace.failed(down), 2_000);
});

Deno.test("PollPace shortens delays by the random part only", () => {
  const pace = new PollPace({
    interval: 1_000,
    jitter: 0.5,
    random: () => 0.5,
  });
  assertEquals(pace.succeeded(), 750);
  assertEquals(pace.failed(down), 1_500);
});

Deno.test("PollPace waits as long as the source asks for, up to an hour", () => {
  const options = { interval: 1_000, jitter: 1, random: () => 0.999 };
  const cases = [
    { retryAfter: 100_000, expected: 100_000 },
    { retryAfter: 10 ** 12, expected: 3_600_000 },
  ];
  for (const { retryAfter, expected } of cases) {
    const pace = new PollPace(options);
    assertEquals(pace.failed(new PollError("busy", { retryAfter })), expected);
  }
});

Deno.test("PollPace does not hurry when the source asks for a short wait", () => {
  const pace = new PollPace({ interval: 1_000, jitter: 0 });
  assertEquals(pace.failed(new PollError("busy", { retryAfter: 1 })), 2_000);
});

Deno.test("PollPace throws when a number makes no sense", () => {
  const cases = [
    { interval: 0 },
    { interval: -1 },
    { interval: NaN },
    { interval: Infinity },
    { jitter: 2 },
    { jitter: -0.1 },
    { interval: 1_000, maxBackoff: 999 },
  ];
  for (const options of cases) {
    assertThrows(() => new PollPace(options), RangeError, "Cannot poll: ");
  }
});
