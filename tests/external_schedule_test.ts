import { assertEquals, assertThrows } from "@std/assert";
import { cronSchedule } from "@koprs/koprs/external";
import { FakeClock } from "@koprs/koprs/testing";

/** The first times of an expression, as the clock passes them. */
async function timesOf(
  expression: string,
  { from, count, timeZone }: {
    readonly from: string;
    readonly count: number;
    readonly timeZone?: string;
  },
): Promise<string[]> {
  const start = new Date(from);
  let passed = 0;
  // Time flies whenever somebody waits.
  const clock = {
    now: () => passed,
    date: () => new Date(start.getTime() + passed),
    setTimer: (callback: () => void, delay: number) => {
      passed += delay;
      queueMicrotask(callback);
      return () => {};
    },
  };
  const times: string[] = [];
  for await (const time of cronSchedule(expression, { clock, timeZone })) {
    times.push(time.toISOString().slice(0, 16));
    if (times.length === count) break;
  }
  return times;
}

Deno.test("cronSchedule() yields the times of an expression in UTC", async () => {
  const from = "2025-01-31T23:58:30Z";
  const cases: readonly (readonly [string, string[]])[] = [
    ["* * * * *", ["2025-01-31T23:59", "2025-02-01T00:00"]],
    ["*/15 9-17 * * MON-FRI", ["2025-02-03T09:00", "2025-02-03T09:15"]],
    ["0 3 1 * *", ["2025-02-01T03:00", "2025-03-01T03:00"]],
    ["0 0 29 2 *", ["2028-02-29T00:00"]],
    ["0 12 * * 0", ["2025-02-02T12:00", "2025-02-09T12:00"]],
    ["0 0 1 JAN *", ["2026-01-01T00:00"]],
    ["@daily", ["2025-02-01T00:00", "2025-02-02T00:00"]],
  ];
  for (const [expression, expected] of cases) {
    const count = expected.length;
    assertEquals(await timesOf(expression, { from, count }), expected);
  }
});

Deno.test("cronSchedule() knows time zones and their summer time", async () => {
  const times = await timesOf("30 2 * * *", {
    from: "2025-03-28T12:00:00Z",
    count: 3,
    timeZone: "Europe/Berlin",
  });
  // On the 30th there is no 02:30; it comes when the clock has gone forward.
  assertEquals(times, [
    "2025-03-29T01:30",
    "2025-03-30T01:00",
    "2025-03-31T00:30",
  ]);
});

Deno.test("cronSchedule() leaves out times that pass while its consumer is busy", async () => {
  const clock = new FakeClock({ date: new Date("2025-01-01T00:00:30Z") });
  const times = cronSchedule("* * * * *", { clock });
  const first = times.next();
  await clock.advance(30_000);
  assertEquals((await first).value, new Date("2025-01-01T00:01:00Z"));
  await clock.advance(10 * 60_000 + 5_000);
  const second = times.next();
  await clock.advance(55_000);
  assertEquals((await second).value, new Date("2025-01-01T00:12:00Z"));
  await times.return?.();
  assertEquals(clock.pending, 0);
});

Deno.test("cronSchedule() ends when the signal aborts", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const times = Array.fromAsync(
    cronSchedule("0 0 1 1 *", { clock, signal: stop.signal }),
  );
  await clock.advance(1_000);
  stop.abort();
  assertEquals(await times, []);
  assertEquals(clock.pending, 0);
});

Deno.test("cronSchedule() throws when an expression or a zone makes no sense", () => {
  const cases: readonly (readonly [string, string?])[] = [
    [""],
    ["* * * *"],
    ["* * * * * *"],
    ["60 * * * *"],
    ["0 0 30 2 *"],
    ["nonsense"],
    ["* * * * *", "Europe/Nowhere"],
  ];
  for (const [expression, timeZone] of cases) {
    assertThrows(
      () => cronSchedule(expression, { timeZone }),
      TypeError,
      `Cannot make a schedule of "${expression}"`,
    );
  }
});
