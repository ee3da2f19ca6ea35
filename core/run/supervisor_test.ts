import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import type { Runnable, RunnableOptions } from "./runnable.ts";
import { Supervisor } from "./supervisor.ts";

function world(gracePeriod = 30_000) {
  const clock = new FakeClock();
  const log: string[] = [];
  const supervisor = new Supervisor({ gracePeriod, clock });
  const run = (name: string, runnable: Runnable) =>
    void supervisor.run({ name, runnable });
  /** A task that takes its time to stop, and says so. */
  const slow = (name: string, ms: number): Runnable => ({
    async run({ signal }) {
      await aborted(signal);
      await new Promise<void>((done) => clock.setTimer(done, ms));
      log.push(`${name} stopped at ${clock.now()}`);
    },
  });
  return { clock, log, supervisor, run, slow };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}

const forever: Runnable = { run: () => new Promise(() => {}) };

Deno.test("join() resolves when all tasks are over, also those started late", async () => {
  const { supervisor, run, log } = world();
  run("a", {
    run: async () => {
      await Promise.resolve();
      run("b", { run: async () => void log.push(await "b") });
    },
  });
  await supervisor.join();
  assertEquals([log, supervisor.failures], [["b"], []]);
});

Deno.test("stop() stops the workers, then the services", async () => {
  const { clock, supervisor, run, slow, log } = world();
  run("service", { ...slow("service", 100), role: "service" });
  run("worker", slow("worker", 5_000));
  const joined = supervisor.join();
  supervisor.stop("test");
  await clock.advance(10_000);
  await joined;
  assertEquals(log, ["worker stopped at 5000", "service stopped at 5100"]);
  assertEquals(clock.pending, 0);
});

Deno.test("the first failure stops the others, and all failures are kept", async () => {
  const { supervisor, run } = world();
  run("a", { run: () => Promise.reject("first") });
  run("b", {
    run: async ({ signal }) => {
      await aborted(signal);
      throw "second";
    },
  });
  await supervisor.join();
  assertEquals(supervisor.failures, ["first", "second"]);
});

Deno.test("a synchronous throw is a failure", async () => {
  const { supervisor, run } = world();
  run("a", {
    run: () => {
      throw "at once";
    },
  });
  await supervisor.join();
  assertEquals(supervisor.failures, ["at once"]);
});

Deno.test("rejecting with the reason of the stop is no failure", async () => {
  const { supervisor, run } = world();
  const passOn = async ({ signal }: RunnableOptions) => {
    await aborted(signal);
    throw signal.reason;
  };
  run("worker", { run: passOn });
  run("service", { run: passOn, role: "service" });
  supervisor.stop("test");
  await supervisor.join();
  assertEquals(supervisor.failures, []);
});

Deno.test("the deadline lets tasks give up within the grace period", async () => {
  const { clock, supervisor, run, log } = world();
  const giveUp = (name: string, role: "worker" | "service") =>
    run(name, {
      role,
      run: async ({ signal, deadline = signal }) => {
        await aborted(signal);
        log.push(`${name} asked at ${clock.now()}`);
        if (!deadline.aborted) await aborted(deadline);
        log.push(`${name} gave up at ${clock.now()}`);
      },
    });
  giveUp("worker", "worker");
  giveUp("service", "service");
  const joined = supervisor.join();
  supervisor.stop("test");
  await clock.advance(30_000);
  await joined;
  assertEquals(log, [
    "worker asked at 0",
    "worker gave up at 28000",
    "service asked at 28000",
    "service gave up at 28000",
  ]);
  assertEquals(supervisor.failures, []);
});

Deno.test("what does not stop is named, and does not keep services from stopping", async () => {
  const { clock, supervisor, run, slow, log } = world();
  run("stuck", forever);
  run("service", { ...slow("service", 0), role: "service" });
  const joined = supervisor.join();
  supervisor.stop("test");
  await clock.advance(30_000);
  await joined;
  assertEquals(log, ["service stopped at 29000"]);
  assertEquals(supervisor.failures.map(String), [
    "Error: Cannot stop stuck: still running after the grace period of 30000 ms",
  ]);
});

Deno.test("fail() with little time left shortens the grace period of workers", async () => {
  const { clock, supervisor, run, slow, log } = world();
  run("a", {
    run: async ({ deadline }) => {
      if (deadline) await aborted(deadline);
      log.push(`gave up at ${clock.now()}`);
    },
  });
  run("b", slow("b", 20_000));
  const joined = supervisor.join();
  supervisor.fail("lost", 5_000);
  await clock.advance(6_000);
  await joined;
  assertEquals(log, ["gave up at 5000"]);
  assertEquals(supervisor.failures.length, 2);
  await clock.advance(20_000);
});

Deno.test("a grace period of 0 gives up at once", async () => {
  const { clock, supervisor, run } = world(0);
  run("stuck", forever);
  const joined = supervisor.join();
  supervisor.stop("test");
  await clock.advance(0);
  await joined;
  assertEquals(supervisor.failures.length, 1);
});
