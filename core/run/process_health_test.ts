import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { EventLoopLag } from "./event_loop_lag.ts";
import { ProcessHealth } from "./process_health.ts";
import type { Runnable } from "./runnable.ts";
import { Supervisor } from "./supervisor.ts";

function world() {
  const clock = new FakeClock();
  const supervisor = new Supervisor({ gracePeriod: 1_000, clock });
  const lag = new EventLoopLag({ clock });
  const health = new ProcessHealth(supervisor, { lag, maxLag: 5_000 });
  const task = (name: string, checks: Partial<Runnable> = {}) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    void supervisor.run({
      name,
      runnable: {
        run: ({ signal }) => {
          signal.addEventListener("abort", () => resolve(), { once: true });
          return promise;
        },
        ...checks,
      },
    });
    return resolve;
  };
  return {
    clock,
    supervisor,
    health,
    task,
    async [Symbol.asyncDispose]() {
      lag[Symbol.dispose]();
      supervisor.stop("test");
      await supervisor.join();
      assertEquals(clock.pending, 0);
    },
  };
}

Deno.test("notReady() names what is not ready", async () => {
  await using w = world();
  const { health, task } = w;
  let ready = false;
  task("a", { ready: () => ready });
  task("b");
  assertEquals(health.notReady(), ["starting"]);
  health.started = true;
  assertEquals(health.notReady(), ["a"]);
  ready = true;
  assertEquals(health.notReady(), []);
  ready = false;
  assertEquals(health.notReady(), ["a"]);
});

Deno.test("F117 notReady() is empty without objects, tasks or checks", async () => {
  await using w = world();
  w.health.started = true;
  assertEquals(w.health.notReady(), []);
});

Deno.test("notReady() stays empty while a task that started late gets ready", async () => {
  await using w = world();
  const { health, task } = w;
  health.started = true;
  assertEquals(health.notReady(), []);
  let ready = false;
  task("late", { ready: () => ready });
  assertEquals(health.notReady(), []);
  ready = true;
  assertEquals(health.notReady(), []);
  ready = false;
  assertEquals(health.notReady(), ["late"]);
});

Deno.test("notReady() forgets a task that is done", async () => {
  await using w = world();
  const { health, task, clock } = w;
  const done = task("a", { ready: () => false });
  health.started = true;
  assertEquals(health.notReady(), ["a"]);
  done();
  await clock.advance(0);
  assertEquals(health.notReady(), []);
});

Deno.test("notReady() says so once the stop has begun", async () => {
  await using w = world();
  w.health.started = true;
  w.supervisor.stop("test");
  assertEquals(w.health.notReady(), ["stopping"]);
});

Deno.test("a check that throws does not hold", async () => {
  await using w = world();
  const { health, task } = w;
  const fail = () => {
    throw new Error("no");
  };
  task("a", { ready: fail, healthy: fail });
  health.started = true;
  assertEquals([health.notReady(), health.notHealthy()], [["a"], ["a"]]);
});

Deno.test("notHealthy() names what is not healthy", async () => {
  await using w = world();
  w.task("a", { healthy: () => false });
  w.task("b", { healthy: () => true });
  assertEquals(w.health.notHealthy(), ["a"]);
});

Deno.test("F103 notHealthy() names the event loop when it is late", () => {
  const clock = new FakeClock();
  let blocked = 0;
  const supervisor = new Supervisor({ gracePeriod: 0, clock });
  using lag = new EventLoopLag({
    clock: {
      now: () => clock.now() + blocked,
      date: () => clock.date(),
      setTimer: (callback, delay) => clock.setTimer(callback, delay),
    },
  });
  const health = new ProcessHealth(supervisor, { lag, maxLag: 5_000 });
  blocked = 5_500; // the measurement was due after 1000 ms
  assertEquals(health.notHealthy(), []);
  blocked = 6_500;
  assertEquals(health.notHealthy(), ["event loop"]);
});
