import { assertEquals } from "@std/assert";
import { systemClock } from "./clock.ts";

/** Records what would be given to `setTimeout`, and fires on demand. */
function stubTimers(): {
  readonly delays: number[];
  fire(): void;
  [Symbol.dispose](): void;
} {
  const { setTimeout, clearTimeout } = globalThis;
  const delays: number[] = [];
  let pending: (() => void) | undefined;
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, delay: number) => {
      delays.push(delay);
      pending = callback;
      return delays.length;
    },
    clearTimeout: (timer: number) => {
      if (timer === delays.length) pending = undefined;
    },
  });
  return {
    delays,
    fire() {
      const callback = pending;
      pending = undefined;
      callback?.();
    },
    [Symbol.dispose]() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
}

Deno.test("systemClock.setTimer() chains timers when the delay exceeds 2^31-1", () => {
  using timers = stubTimers();
  let fired = 0;
  systemClock.setTimer(() => fired++, 2 ** 32);
  timers.fire();
  timers.fire();
  assertEquals(fired, 0);
  timers.fire();
  assertEquals(fired, 1);
  assertEquals(timers.delays, [2 ** 31 - 1, 2 ** 31 - 1, 2]);
});

Deno.test("systemClock.setTimer() cancels also a later link of the chain", () => {
  using timers = stubTimers();
  let fired = 0;
  const cancel = systemClock.setTimer(() => fired++, 2 ** 31);
  timers.fire();
  cancel();
  timers.fire();
  assertEquals(fired, 0);
});

Deno.test("systemClock.date() is the wall clock", () => {
  const before = Date.now();
  const date = systemClock.date().getTime();
  assertEquals(date >= before && date <= Date.now(), true);
});
