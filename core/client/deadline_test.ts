import { assertEquals, assertStrictEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { startDeadline } from "./deadline.ts";

Deno.test("startDeadline() aborts when time is up", async () => {
  const clock = new FakeClock();
  const deadline = startDeadline({ timeout: 10, clock });
  await clock.advance(9);
  assertEquals([deadline.signal.aborted, deadline.expired], [false, false]);
  await clock.advance(1);
  assertEquals([deadline.signal.aborted, deadline.expired], [true, true]);
});

Deno.test("startDeadline() passes on an abort of the caller, early or late", () => {
  const clock = new FakeClock();
  const reason = new Error("enough");
  const early = startDeadline({
    timeout: 10,
    clock,
    signal: AbortSignal.abort(reason),
  });
  assertStrictEquals(early.signal.reason, reason);
  const controller = new AbortController();
  const late = startDeadline({ timeout: 10, clock, signal: controller.signal });
  late.stop();
  controller.abort(reason);
  assertStrictEquals(late.signal.reason, reason);
  assertEquals(late.expired, false);
  for (const deadline of [early, late]) deadline.clear();
});

Deno.test("startDeadline() leaves neither timer nor listener after clear()", () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  let cleared = 0;
  const deadline = startDeadline({
    timeout: 10,
    clock,
    signal: controller.signal,
    cleared: () => cleared++,
  });
  deadline.clear();
  controller.abort();
  assertEquals([clock.pending, deadline.signal.aborted, cleared], [
    0,
    false,
    1,
  ]);
});

Deno.test("startDeadline() can be extended, and not for ever", async () => {
  const clock = new FakeClock();
  const deadline = startDeadline({ timeout: 10, clock });
  for (let time = 0; time < 99; time += 9) {
    assertEquals(deadline.expired, false);
    await clock.advance(9);
    deadline.extend();
    deadline.extend();
  }
  await clock.advance(1);
  assertEquals([deadline.expired, clock.pending], [true, 0]);
});
