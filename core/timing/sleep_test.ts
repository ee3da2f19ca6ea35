import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { sleep } from "./sleep.ts";

Deno.test("sleep() resolves after the delay and not before", async () => {
  const clock = new FakeClock();
  let done = false;
  const sleeping = sleep(100, { clock }).then(() => done = true);
  await clock.advance(99);
  assertEquals(done, false);
  await clock.advance(1);
  await sleeping;
});

Deno.test("sleep() rejects with the reason and cancels its timer on abort", async () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  const reason = new Error("enough");
  const sleeping = assertRejects(() =>
    sleep(100, { clock, signal: controller.signal })
  );
  controller.abort(reason);
  assertStrictEquals(await sleeping, reason);
  assertEquals(clock.pending, 0);
});

Deno.test("sleep() sets no timer when the signal has aborted before", async () => {
  const clock = new FakeClock();
  await assertRejects(() =>
    sleep(100, { clock, signal: AbortSignal.abort(new Error("before")) })
  );
  assertEquals(clock.pending, 0);
});

Deno.test("F119 sleep() leaves no listener on the signal", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(signal, args);
    },
    removeEventListener: (...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(signal, args);
    },
  });
  const sleeping = sleep(1, { clock, signal });
  await clock.advance(1);
  await sleeping;
  assertEquals(listeners, 0);
});
