import { assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { boundedCall } from "./bounded_call.ts";

Deno.test("boundedCall() passes result and failure on, and leaves no timer", async () => {
  const clock = new FakeClock();
  const options = { timeout: 100, clock };
  assertEquals(await boundedCall(() => Promise.resolve(1), options), 1);
  await assertRejects(
    () => boundedCall(() => Promise.reject(new TypeError("no")), options),
    TypeError,
  );
  assertEquals(clock.pending, 0);
});

Deno.test("boundedCall() tells the call that its time is over", async () => {
  const clock = new FakeClock();
  let told: unknown;
  const call = assertRejects(
    () =>
      boundedCall((signal) => {
        signal.addEventListener("abort", () => told = signal.reason.name);
        return Promise.withResolvers<void>().promise;
      }, { timeout: 100, clock }),
    DOMException,
    "100 ms",
  );
  await clock.advance(100);
  await call;
  assertEquals(told, "TimeoutError");
});

Deno.test("boundedCall() ends with its signal", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const outcome = boundedCall(
    () => Promise.withResolvers<void>().promise,
    { timeout: 100, clock, signal: stop.signal },
  ).catch((reason) => reason);
  stop.abort("enough");
  assertEquals([await outcome, clock.pending], ["enough", 0]);
});
