import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Client,
  Controller,
  type ControllerOptions,
  mergePatch,
  type Reconciler,
  type ResourceClient,
  shareInformer,
  start,
  type Started,
  TerminalError,
} from "@koprs/koprs/core";
import { FakeClock } from "@koprs/koprs/testing";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { CallLog } from "./call_log.ts";
import { heard } from "./heard.ts";
import { openWorld } from "./world.ts";

Deno.test("Controller reconciles again after the time that was asked for", async () => {
  await using t = await openController({
    reconcile: ({ metadata }, { reasons }) => {
      t.log.add(metadata.name);
      t.log.add(`${[...reasons]}`);
      return Promise.resolve({ requeueAfter: 30_000 });
    },
  });
  await t.create("app");
  await t.log.until("app");
  await t.clock.advance(29_999);
  assertEquals(t.log.count("app"), 1);
  await t.clock.advance(1);
  await t.clock.advance(30_000);
  assertEquals(t.log.calls, [
    "app",
    "added",
    "app",
    "requeue",
    "app",
    "requeue",
  ]);
});

Deno.test("Controller retries after growing delays, and starts anew after a success", async () => {
  const started: number[] = [];
  await using t = await openController({
    backoff: { initial: 1_000, factor: 2, jitter: 0 },
    reconcile: ({ metadata }, { attempt }) => {
      started.push(t.clock.now());
      t.log.add(`${metadata.name} ${attempt}`);
      if (attempt < 4) return Promise.reject(new Error("not yet"));
      return Promise.resolve();
    },
  });
  await t.create("app");
  await t.log.until("app 0");
  await t.clock.advance(15_000);
  assertEquals(started, [0, 1_000, 3_000, 7_000, 15_000]);
  assertEquals(t.log.calls.at(-1), "app 4");

  await t.change("app");
  await t.log.until("app 0", 2);
  await t.clock.advance(1_000);
  assertEquals(t.log.calls.slice(-2), ["app 0", "app 1"]);
});

Deno.test("Controller retries a terminal failure only when the object changes", async () => {
  await using t = await openController({
    backoff: { initial: 1_000, jitter: 0 },
    reconcile: ({ metadata }) => {
      t.log.add(metadata.name);
      return Promise.reject(new TerminalError("Cannot use app: it is wrong"));
    },
  });
  await t.create("app");
  await t.log.until("app");
  await t.clock.advance(100_000);
  assertEquals(t.log.calls, ["app"]);
  await t.change("app");
  await t.log.until("app", 2);
});

Deno.test("Controller follows its error policy instead of the delays", async () => {
  await using t = await openController({
    errorPolicy: (error, { object, context }) => {
      assert(error instanceof Error && error.message === "no");
      assertEquals(object.metadata.name, "app");
      return context.attempt === 0 ? { requeueAfter: 5_000 } : {};
    },
    reconcile: ({ metadata }) => {
      t.log.add(metadata.name);
      return Promise.reject(new Error("no"));
    },
  });
  await t.create("app");
  await t.log.until("app");
  await t.clock.advance(4_999);
  assertEquals(t.log.count("app"), 1);
  await t.clock.advance(95_000);
  assertEquals(t.log.count("app"), 2);
});

Deno.test("Controller aborts a reconcile that takes too long, and retries it", async () => {
  await using t = await openController({
    timeout: 10_000,
    backoff: { initial: 1_000, jitter: 0 },
    reconcile: async ({ metadata }, { attempt, signal }) => {
      t.log.add(`${metadata.name} ${attempt}`);
      if (attempt > 0) return;
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    },
  });
  await t.create("app");
  await t.log.until("app 0");
  await t.clock.advance(10_000);
  assertEquals(t.log.calls, ["app 0"]);
  await t.clock.advance(1_000);
  assertEquals(t.log.calls, ["app 0", "app 1"]);
});

Deno.test("Controller reconciles several objects at once, but never one twice", async () => {
  const gate = Promise.withResolvers<void>();
  await using t = await openController({
    concurrency: 3,
    reconcile: async ({ metadata: { name } }) => {
      t.log.add(name);
      await gate.promise;
      t.log.add(`${name} done`);
    },
  });
  for (const name of ["a", "b", "c", "d"]) await t.create(name);
  for (const name of ["a", "b", "c"]) await t.log.until(name);
  const { namespace } = t;
  const labelSelector = "app=web";
  await using share = shareInformer(t.own, { namespace, labelSelector });
  const changes = ["a", "b"].map((name) => {
    return heard(share.informer, `modified ${name}`);
  });
  for (const name of ["a", "b"]) await t.change(name);
  await Promise.all(changes);
  await t.clock.advance(0);
  assertEquals(t.log.calls, ["a", "b", "c"]);

  gate.resolve();
  for (const name of ["a done", "b done"]) await t.log.until(name, 2);
  await t.log.until("d done");
  for (
    const [name, count] of [["a", 2], ["b", 2], ["c", 1], ["d", 1]] as const
  ) {
    const calls = t.log.calls.filter((call) => call.startsWith(name));
    const once = [name, `${name} done`];
    assertEquals(calls, Array.from({ length: count }, () => once).flat());
  }
});

Deno.test("Controller lets a reconcile finish when it stops, and starts no other", async () => {
  const gate = Promise.withResolvers<void>();
  await using t = await openController({
    reconcile: async ({ metadata: { name } }, { signal }) => {
      t.log.add(name);
      await gate.promise;
      assertEquals(signal.aborted, false);
      await t.own.patch(
        { name, namespace: t.namespace },
        mergePatch({ data: { finished: "yes" } }),
      );
      t.log.add(`${name} done`);
    },
  });
  await t.create("a");
  await t.create("b");
  await t.log.until("a");
  const stopped = t.running[Symbol.asyncDispose]();
  await t.clock.advance(0);
  assertEquals(t.controller.ready(), false);
  gate.resolve();
  await stopped;
  assertEquals(t.log.calls, ["a", "a done"]);
  const live = await t.own.get({ name: "a", namespace: t.namespace });
  assertEquals(live?.data, { finished: "yes" });
});

Deno.test("Controller aborts what still runs at the deadline", async () => {
  await using world = await openWorld();
  const { namespace, client } = world;
  const configMaps = client.resource(ConfigMap);
  const log = new CallLog();
  const controller = new Controller(configMaps, async (_, { signal }) => {
    log.add("started");
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve());
    });
    log.add(String(signal.reason));
  }, { namespace, labelSelector: "app=web" });
  const stop = new AbortController();
  const deadline = new AbortController();
  const run = controller.run({
    signal: stop.signal,
    deadline: deadline.signal,
  });
  const labels = { app: "web" };
  await configMaps.create({ metadata: { name: "app", namespace, labels } });
  await log.until("started");
  stop.abort();
  deadline.abort("no more time");
  await run;
  assertEquals(log.calls, ["started", "no more time"]);
});

Deno.test("Controller ends when a source fails", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const broken = {
    name: "broken",
    start: () => ({
      synced: Promise.resolve(),
      done: Promise.reject(new Error("the source is broken")),
    }),
  };
  const controller = new Controller(configMaps, () => Promise.resolve(), {
    namespace,
    sources: [broken],
  });
  const { signal } = new AbortController();
  await assertRejects(
    () => controller.run({ signal }),
    Error,
    "the source is broken",
  );
});

/** A controller of the ConfigMaps of one namespace, with a clock of its own. */
interface ControllerJourney extends AsyncDisposable {
  readonly namespace: string;
  readonly clock: FakeClock;
  readonly log: CallLog;
  readonly own: ResourceClient<ConfigMap, "Namespaced">;
  readonly controller: Controller<ConfigMap>;
  readonly running: Started;
  create(name: string): Promise<void>;
  change(name: string): Promise<void>;
}

async function openController(
  { reconcile, ...options }: ControllerOptions<ConfigMap> & {
    readonly reconcile: Reconciler<ConfigMap>;
  },
): Promise<ControllerJourney> {
  const world = await openWorld();
  const { namespace } = world;
  const client = new Client(world.config, { fieldManager: "operator" });
  const configMaps = world.client.resource(ConfigMap);
  const own = client.resource(ConfigMap);
  const clock = new FakeClock();
  const controller = new Controller(own, reconcile, {
    namespace,
    labelSelector: "app=web",
    clock,
    ...options,
  });
  const running = start(controller);
  // What is there at the start comes after what changes later.
  await running.ready;
  return {
    namespace,
    clock,
    log: new CallLog(),
    own,
    controller,
    running,
    create: async (name) => {
      const labels = { app: "web" };
      await configMaps.create({ metadata: { name, namespace, labels } });
    },
    change: async (name) => {
      const data = { changed: crypto.randomUUID() };
      await configMaps.patch({ name, namespace }, mergePatch({ data }));
    },
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}
