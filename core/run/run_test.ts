import { assertEquals, assertRejects } from "@std/assert";
import { answer, hang, world } from "../../tests/election_world.ts";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { NotLeaderError } from "./not_leader_error.ts";
import { run } from "./run.ts";
import type { RunOptions } from "./run_options.ts";
import type { Runnable } from "./runnable.ts";

const quiet: RunOptions = { signals: false, logging: false };

/** Runs until stopped, and says so. */
function recorder(log: string[], name: string): Runnable {
  return {
    name,
    async run({ signal }) {
      log.push(`${name} started`);
      await aborted(signal);
      log.push(`${name} stopped`);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

Deno.test("run() ends when everything is done", async () => {
  assertEquals(await run([], quiet), { reason: "finished" });
});

Deno.test("run() stops in order when its signal aborts", async () => {
  const log: string[] = [];
  const stop = new AbortController();
  const running = run([
    recorder(log, "worker"),
    { ...recorder(log, "service"), role: "service" },
    { run: () => Promise.resolve(stop.abort()) },
  ], { ...quiet, signal: stop.signal });
  assertEquals(await running, { reason: "aborted" });
  assertEquals(log.filter((line) => line.endsWith("stopped")), [
    "worker stopped",
    "service stopped",
  ]);
});

Deno.test("run() starts nothing when its signal has aborted", async () => {
  const log: string[] = [];
  const signal = AbortSignal.abort();
  const result = await run([recorder(log, "a")], { ...quiet, signal });
  assertEquals([result, log], [{ reason: "aborted" }, []]);
});

Deno.test("run() starts services before workers", async () => {
  const log: string[] = [];
  const stop = new AbortController();
  const running = run([
    recorder(log, "worker"),
    { ...recorder(log, "service"), role: "service" },
    { run: () => Promise.resolve(stop.abort()) },
  ], { ...quiet, signal: stop.signal });
  await running;
  assertEquals(log.slice(0, 2), ["service started", "worker started"]);
});

Deno.test("run() rejects with the first failure and stops the others", async () => {
  const log: string[] = [];
  const failing = { run: () => Promise.reject(new TypeError("no")) };
  const running = run([recorder(log, "other"), failing], quiet);
  await assertRejects(() => running, TypeError, "no");
  assertEquals(log, ["other started", "other stopped"]);
});

Deno.test("F99 run() rejects with whatever was thrown", async () => {
  const cases = [undefined, null, "text", Object.freeze({ toString: null })];
  for (const thrown of cases) {
    const running = run([{ run: () => Promise.reject(thrown) }], quiet);
    assertEquals(await running.catch((error) => ({ error })), {
      error: thrown,
    });
  }
});

Deno.test("run() rejects with an AggregateError of several failures", async () => {
  const failing = { run: () => Promise.reject(new TypeError("no")) };
  const running = run([failing, failing], quiet);
  await assertRejects(() => running, AggregateError, "no; no");
});

Deno.test("run() refuses a grace period that is none", async () => {
  await assertRejects(
    () => run([], { ...quiet, gracePeriod: NaN }),
    RangeError,
    "gracePeriod",
  );
});

Deno.test("run() names what does not stop after its class or place", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  class Stuck implements Runnable {
    run = () => new Promise<void>(() => {});
  }
  const running = assertRejects(
    () =>
      run([new Stuck(), { run: () => new Promise(() => {}) }], {
        ...quiet,
        clock,
        signal: stop.signal,
      }),
    Error,
    "Cannot stop Stuck, runnable 2",
  );
  await clock.advance(0);
  stop.abort();
  await clock.advance(30_000);
  await running;
});

/** A program of one worker, one service and one opted-out worker. */
function electedWorld() {
  const { clock, leases, registry } = world();
  const log: string[] = [];
  const stop = new AbortController();
  const options: RunOptions = {
    ...quiet,
    clock,
    signal: stop.signal,
    leaderElection: {
      resource: leases,
      namespace: "ns",
      name: "op",
      identity: "a",
      random: () => 0,
      registry,
    },
  };
  const runnables: Runnable[] = [
    recorder(log, "worker"),
    { ...recorder(log, "service"), role: "service" },
    { ...recorder(log, "any"), needsLeader: false },
  ];
  return { clock, leases, log, stop, runnables, options };
}

Deno.test("run() starts workers only once it leads, and others at once", async () => {
  const { clock, leases, log, stop, runnables, options } = electedWorld();
  leases.edit({ holderIdentity: "other", leaseDurationSeconds: 15 });
  const running = run(runnables, options);
  await clock.advance(10_000);
  assertEquals(log, ["service started", "any started"]);
  await clock.advance(10_000);
  assertEquals(log.at(-1), "worker started");
  stop.abort();
  await clock.advance(0);
  assertEquals(await running, { reason: "aborted" });
  assertEquals(leases.stored?.spec.holderIdentity, "");
  assertEquals(clock.pending, 0);
});

Deno.test("F115 run() stops at once while it waits for the Lease", async () => {
  const { clock, leases, stop, runnables, options } = electedWorld();
  leases.edit({ holderIdentity: "other", leaseDurationSeconds: 15 });
  const running = run(runnables, options);
  await clock.advance(1_000);
  stop.abort();
  await clock.advance(0);
  assertEquals(await running, { reason: "aborted" });
  assertEquals(leases.writes, []);
});

Deno.test("F93 run() gives the Lease back after the workers have stopped", async () => {
  const { clock, leases, stop, options } = electedWorld();
  let holder: unknown;
  const running = run([{
    async run({ signal }) {
      await aborted(signal);
      await new Promise<void>((done) => clock.setTimer(done, 20_000));
      holder = leases.stored?.spec.holderIdentity;
    },
  }], options);
  await clock.advance(0);
  stop.abort();
  await clock.advance(20_000);
  await running;
  assertEquals([holder, leases.stored?.spec.holderIdentity], ["a", ""]);
});

Deno.test("F87 run() rejects when the Lease is lost, and workers have until it expires", async () => {
  const { clock, leases, options } = electedWorld();
  const times: Record<string, number> = {};
  const running = assertRejects(
    () =>
      run([{
        async run({ signal, deadline }) {
          await aborted(signal);
          times.stop = clock.now();
          if (deadline) await aborted(deadline);
          times.deadline = clock.now();
        },
      }], options),
    NotLeaderError,
    'Lost Lease "ns/op"',
  );
  await clock.advance(0);
  leases.fault = hang;
  await clock.advance(15_000);
  assertEquals(times, { stop: 10_000, deadline: 15_000 });
  leases.fault = answer;
  await clock.advance(5_000);
  await running;
});

Deno.test("F84 workers stop at once when somebody else holds the Lease", async () => {
  const { clock, leases, options } = electedWorld();
  let gaveUp = 0;
  const running = assertRejects(
    () =>
      run([{
        async run({ deadline }) {
          if (deadline) await aborted(deadline);
          gaveUp = clock.now();
        },
      }], options),
    NotLeaderError,
    "held by b",
  );
  await clock.advance(0);
  leases.edit({ holderIdentity: "b" });
  await clock.advance(2_000);
  await running;
  assertEquals(gaveUp, 2_000);
});
