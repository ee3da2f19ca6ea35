import { assertEquals, assertStrictEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { RunningReconciles } from "./running_reconciles.ts";

function setUp(timeout = 100) {
  const clock = new FakeClock();
  return { clock, running: new RunningReconciles({ clock, timeout }) };
}

Deno.test("RunningReconciles ends each when its own time is over, by one timer", async () => {
  const { clock, running } = setUp();
  const a = running.start("a", "Cannot");
  await clock.advance(40);
  const b = running.start("b", "Cannot");
  assertEquals(clock.pending, 1);
  await clock.advance(59);
  assertEquals([a.signal.aborted, b.signal.aborted], [false, false]);
  await clock.advance(1);
  assertEquals([a.signal.aborted, b.signal.aborted], [true, false]);
  assertEquals(a.late?.name, "TimeoutError");
  await clock.advance(40);
  assertStrictEquals(b.signal.reason, b.late);
  assertEquals(clock.pending, 0);
});

Deno.test("RunningReconciles looks at those only that still run", async () => {
  const { clock, running } = setUp();
  const a = running.start("a", "Cannot");
  await clock.advance(50);
  running.end("a");
  const again = running.start("a", "Cannot");
  await clock.advance(99);
  assertEquals([a.signal.aborted, again.signal.aborted], [false, false]);
  await clock.advance(1);
  assertEquals([a.signal.aborted, again.signal.aborted], [false, true]);
});

Deno.test("RunningReconciles.abort() ends the one of an object that goes", () => {
  const { running } = setUp(Infinity);
  const a = running.start("ns/a", "Cannot");
  const b = running.start("ns/b", "Cannot");
  assertEquals(running.abort("ns/a"), true);
  assertEquals(running.abort("ns/c"), false);
  assertEquals([a.isMoot, a.late, b.isMoot], [true, undefined, false]);
  assertEquals(a.signal.reason.message, '"ns/a" is being deleted');
  assertEquals(b.signal.aborted, false);
});

Deno.test("RunningReconciles.giveUp() ends all, also those to come", () => {
  const { running } = setUp(Infinity);
  const reason = new Error("over");
  const a = running.start("a", "Cannot");
  running.giveUp(reason);
  const b = running.start("b", "Cannot");
  assertStrictEquals(a.signal.reason, reason);
  assertStrictEquals(b.signal.reason, reason);
});

Deno.test("RunningReconciles leaves no timer when it is disposed of", () => {
  const { clock, running } = setUp();
  running.start("a", "Cannot");
  running[Symbol.dispose]();
  assertEquals(clock.pending, 0);
});

Deno.test("RunningReconciles counts those that are stuck", async () => {
  const { clock, running } = setUp();
  running.start("a", "Cannot");
  await clock.advance(60_100);
  assertEquals(running.overdue, 0);
  await clock.advance(1);
  assertEquals(running.overdue, 1);
  running.end("a");
  assertEquals(running.overdue, 0);
});
