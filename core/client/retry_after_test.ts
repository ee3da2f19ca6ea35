import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { parseRetryAfter } from "./retry_after.ts";

Deno.test("parseRetryAfter() reads seconds and dates, nothing else", () => {
  const clock = new FakeClock({ date: new Date("2025-01-01T00:00:00Z") });
  const cases: readonly (readonly [string | null, number | undefined])[] = [
    [null, undefined],
    ["", undefined],
    ["0", 0],
    ["5", 5_000],
    [" 5 ", 5_000],
    ["86400", 86_400_000],
    ["1.5", undefined],
    ["-1", undefined],
    ["soon", undefined],
    ["9".repeat(400), undefined],
    ["Wed, 01 Jan 2025 00:00:07 GMT", 7_000],
    ["Tue, 31 Dec 2024 00:00:00 GMT", 0],
    ["x".repeat(100_000), undefined],
  ];
  for (const [value, expected] of cases) {
    assertEquals(parseRetryAfter(value, clock), expected, value ?? "null");
  }
});
