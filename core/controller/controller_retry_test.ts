import { assertEquals } from "@std/assert";
import { loopWorld, widgetWith } from "../../tests/loop_world.ts";
import { widget } from "../../tests/scripted_reader.ts";
import { TerminalError } from "./terminal_error.ts";

const labels = (app: string) => ({ labels: { app } });

Deno.test("Controller stops to retry when the budget is spent, and waits for a change", async () => {
  const attempts: number[] = [];
  await using world = await loopWorld((_object, { attempt }) => {
    attempts.push(attempt);
    return Promise.reject(new Error("no"));
  }, { objects: [widgetWith("1")], maxAttempts: 3 });
  await world.clock.advance(3_600_000);
  assertEquals(attempts, [0, 1, 2]);
  const terminal = () =>
    world.metric(
      'koprs_reconciliations_total{controller="widget",result="terminal"}',
    );
  assertEquals(await terminal(), 1);
  await world.show("MODIFIED", widgetWith("101", labels("x")));
  await world.clock.advance(3_600_000);
  assertEquals(attempts, [0, 1, 2, 0, 1, 2]);
});

Deno.test("F111 Controller reconciles every object again after a resync, spread", async () => {
  const times: Record<string, number[]> = { a: [], b: [], c: [] };
  let share = 0;
  await using world = await loopWorld(({ metadata: { name } }) => {
    times[name]?.push(world?.clock.now() ?? 0);
    if (name === "b") return Promise.reject(new TerminalError("never"));
    return Promise.resolve(name === "c" ? { requeueAfter: 400 } : undefined);
  }, {
    resync: 1_000,
    backoff: { random: () => (share = (share + 0.5) % 1) },
  });
  for (const name of ["a", "b", "c"]) {
    await world.show("ADDED", widget(name, "101"));
  }
  await world.clock.advance(1_250);
  assertEquals(times, {
    a: [0, 1_050],
    b: [0, 1_000],
    c: [0, 400, 800, 1_200],
  });
});

Deno.test("Controller lets an errorPolicy decide, unless it fails", async () => {
  const times: number[] = [];
  const answers = [
    () => ({ requeueAfter: 5_000 }),
    (): never => {
      throw new Error("broken");
    },
    () => ({ requeueAfter: NaN }),
    () => ({}),
  ];
  await using world = await loopWorld(() => {
    times.push(world?.clock.now() ?? 0);
    return Promise.reject(new Error("no"));
  }, { errorPolicy: () => answers.shift()?.() ?? {} });
  await world.show("ADDED", widgetWith("101"));
  await world.clock.advance(3_600_000);
  assertEquals(times, [0, 5_000, 5_010, 5_030]);
});

Deno.test("F104 Controller delays an object that asks for 0 again and again", async () => {
  let calls = 0;
  await using world = await loopWorld(() => {
    calls++;
    return Promise.resolve({ requeueAfter: 0 });
  }, { objects: [widgetWith("1")] });
  await world.clock.advance(600_000);
  assertEquals(calls > 10 && calls < 25, true, `${calls} calls`);
});

Deno.test("F105 Controller requeues after more than 2^31 ms", async () => {
  let calls = 0;
  await using world = await loopWorld(() => {
    calls++;
    return Promise.resolve({ requeueAfter: 2 ** 32 });
  }, { objects: [widgetWith("1")] });
  await world.clock.advance(2 ** 32 - 1);
  assertEquals(calls, 1);
  await world.clock.advance(1);
  assertEquals(calls, 2);
});

Deno.test("F100 F101 Controller counts a reconcile that took too long as failed, once it has ended", async () => {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  const reasons: unknown[] = [];
  await using world = await loopWorld(async (_object, { signal, attempt }) => {
    if (attempt > 0) return;
    await gate;
    reasons.push(signal.reason.name);
  }, { objects: [widgetWith("1")], timeout: 1_000 });
  const count = (result: string) =>
    world.metric(
      `koprs_reconciliations_total{controller="widget",result="${result}"}`,
    );
  await world.clock.advance(5_000);
  assertEquals(await count("error"), undefined); // never twice at once
  open();
  await world.clock.advance(10);
  assertEquals(reasons, ["TimeoutError"]);
  assertEquals([await count("error"), await count("success")], [1, 1]);
});
