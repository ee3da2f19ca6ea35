import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { withTimeout } from "./with_timeout.ts";

function options(
  clock: FakeClock,
  signal = new AbortController().signal,
): Parameters<typeof withTimeout>[1] {
  return { what: "Cannot wait", timeout: 1_000, clock, signal };
}

Deno.test("withTimeout() returns what the function returns, and leaves no timer", async () => {
  const clock = new FakeClock();
  const result = withTimeout(() => Promise.resolve(1), options(clock));
  assertEquals(await result, 1);
  assertEquals(clock.pending, 0);
});

Deno.test("withTimeout() aborts, waits, and throws when time is over", async () => {
  const clock = new FakeClock();
  const release = Promise.withResolvers<void>();
  let aborted: AbortSignal | undefined;
  let settled = false;
  const result = withTimeout(async (signal) => {
    aborted = signal;
    await release.promise;
  }, options(clock));
  result.catch(() => {}).finally(() => settled = true);

  await clock.advance(1_000);
  assert(aborted?.aborted);
  assertEquals(settled, false); // it would run twice at once otherwise
  release.resolve();
  await assertRejects(() => result, DOMException, "longer than 1000 ms");
});

Deno.test("withTimeout() says that time was over when the function throws because of it", async () => {
  const clock = new FakeClock();
  const result = withTimeout((signal) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("stopped")));
    }), options(clock));
  const rejected = assertRejects(() => result, DOMException, "1000 ms");
  await clock.advance(1_000);
  await rejected;
});

Deno.test("withTimeout() aborts with the signal it is given", async () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  controller.abort(new Error("no time left"));
  const result = withTimeout((signal) => {
    signal.throwIfAborted();
    return Promise.resolve();
  }, options(clock, controller.signal));
  await assertRejects(() => result, Error, "no time left");
});
