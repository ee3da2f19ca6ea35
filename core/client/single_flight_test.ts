import { assertEquals, assertRejects } from "@std/assert";
import { SingleFlight } from "./single_flight.ts";

Deno.test("SingleFlight runs once for all who wait", async () => {
  let runs = 0;
  const flight = new SingleFlight(() => Promise.resolve(++runs));
  const results = await Promise.all(
    Array.from({ length: 50 }, () => flight.join()),
  );
  assertEquals(new Set(results), new Set([1]));
  assertEquals(await flight.join(), 2);
});

Deno.test("SingleFlight tells all who wait of a failure, and runs again", async () => {
  let runs = 0;
  const flight = new SingleFlight(() => Promise.reject(new Error(`${++runs}`)));
  await Promise.all([
    assertRejects(() => flight.join(), Error, "1"),
    assertRejects(() => flight.join(), Error, "1"),
  ]);
  await assertRejects(() => flight.join(), Error, "2");
});

Deno.test("SingleFlight is aborted when the last who waits has left", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let aborted = 0;
  const flight = new SingleFlight(async (signal) => {
    signal.addEventListener("abort", () => aborted++);
    await promise;
    signal.throwIfAborted();
  });
  const controllers = [new AbortController(), new AbortController()];
  const waits = controllers.map(({ signal }, index) =>
    assertRejects(() => flight.join(signal), Error, `left ${index}`)
  );
  controllers[0]?.abort(new Error("left 0"));
  await waits[0];
  assertEquals(aborted, 0);
  controllers[1]?.abort(new Error("left 1"));
  await waits[1];
  assertEquals(aborted, 1);
  resolve();
});

Deno.test("SingleFlight does not start for an aborted signal", async () => {
  let runs = 0;
  const flight = new SingleFlight(() => Promise.resolve(++runs));
  await assertRejects(() => flight.join(AbortSignal.abort()));
  assertEquals(runs, 0);
});
