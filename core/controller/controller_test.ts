import { assertEquals, assertThrows } from "@std/assert";
import {
  type LoopWorld,
  loopWorld,
  widgetWith,
} from "../../tests/loop_world.ts";
import { ScriptedReader, widget } from "../../tests/scripted_reader.ts";
import { CacheRegistry } from "../client/cache_registry.ts";
import { asWriter } from "../client/writer.ts";
import type { KubeObject } from "../kind/object.ts";
import { Controller } from "./controller.ts";
import type { ReconcileContext } from "./reconciler.ts";

const KEY = { name: "a", namespace: "ns" };
const labels = (app: string) => ({ labels: { app } });
const DELETED = { deletionTimestamp: "2025-01-01T00:00:00Z" };
const PAUSED = { annotations: { "koprs.dev/paused": "true" } };

/** A reconciler that tells the reasons of each call. */
function recorder(
  act: (context: ReconcileContext<KubeObject>) => unknown = () => {},
) {
  const calls: string[] = [];
  return {
    calls,
    reconcile: async (
      object: KubeObject,
      context: ReconcileContext<KubeObject>,
    ) => {
      calls.push(`${object.metadata.name}: ${[...context.reasons].join(", ")}`);
      await act(context);
    },
  };
}

/** A reconciler that waits for its signal, and goes on only when told. */
function waiter() {
  const aborted: unknown[] = [];
  let calls = 0;
  return {
    aborted,
    get calls() {
      return calls;
    },
    reconcile: async (
      _object: KubeObject,
      { signal }: { signal: AbortSignal },
    ) => {
      calls++;
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      aborted.push(signal.reason);
      signal.throwIfAborted();
    },
  };
}

Deno.test("Controller tells why an object is reconciled", async () => {
  const { calls, reconcile } = recorder();
  await using world = await loopWorld(reconcile, {
    objects: [widget("a", "1")],
  });
  await world.show("ADDED", widget("b", "101"));
  await world.show("MODIFIED", { ...widget("b", "102"), ...{ spec: 1 } });
  assertEquals(calls, ["a: initial", "b: added", "b: modified"]);
  const reason = (name: string) =>
    world.metric(
      `koprs_reconcile_reasons_total{controller="widget",reason="${name}"}`,
    );
  assertEquals(await reason("initial"), 1);
  assertEquals(await reason("modified"), 1);
});

Deno.test("Controller reconciles changes before what was there at the start", async () => {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  const { calls, reconcile } = recorder(() => gate);
  const objects = ["a", "b", "c"].map((name) => widget(name, "1"));
  await using world = await loopWorld(reconcile, { objects });
  await world.show("ADDED", widget("new", "101"));
  await world.show("MODIFIED", { ...widget("c", "102"), ...{ spec: 1 } });
  open();
  await world.clock.advance(0);
  assertEquals(calls, [
    "a: initial",
    "new: added",
    "c: initial, modified",
    "b: initial",
  ]);
});

Deno.test("Controller asks for the priority of each object", async () => {
  const { calls, reconcile } = recorder();
  const objects = ["a", "b", "c"].map((name) => widget(name, "1"));
  const order = { a: 0, b: 5, c: 1 };
  const seen: string[] = [];
  await using _world = await loopWorld(reconcile, {
    objects,
    priority: ({ metadata: { name } }, reasons) => {
      seen.push(...reasons);
      return order[name as keyof typeof order];
    },
  });
  assertEquals(calls.map((call) => call[0]), ["b", "c", "a"]);
  assertEquals(seen, ["initial", "initial", "initial"]);
});

Deno.test("Controller goes on without a priority that cannot be told", async () => {
  const { calls, reconcile } = recorder();
  await using _world = await loopWorld(reconcile, {
    objects: [widget("a", "1"), widget("b", "1")],
    priority: ({ metadata: { name } }) => {
      if (name === "a") throw new Error("no");
      return NaN;
    },
  });
  assertEquals(calls.length, 2);
});

Deno.test("Controller aborts a reconcile when somebody deletes the object", async () => {
  const work = waiter();
  const start = widgetWith("1", { finalizers: ["example.io/x"] });
  await using world = await loopWorld(work.reconcile, { objects: [start] });
  await world.show(
    "MODIFIED",
    widgetWith("101", { finalizers: ["example.io/x"], ...DELETED }),
  );
  assertEquals(work.aborted.length, 1);
  assertEquals(work.calls, 2); // at once, as it is to be cleaned up
  assertEquals(
    await world.metric(
      'koprs_reconciliations_total{controller="widget",result="aborted"}',
    ),
    1,
  );
  await world.show(
    "MODIFIED",
    widgetWith("102", { ...DELETED, ...labels("x") }),
  );
  assertEquals(work.aborted.length, 1); // it was being deleted before
  await world.show("DELETED", widgetWith("103", DELETED));
  assertEquals(work.aborted.length, 2);
  await world.clock.advance(600_000);
  assertEquals(
    await world.metric('koprs_reconcile_errors_total{controller="widget"}'),
    undefined,
  );
});

Deno.test("Controller aborts a reconcile also when the predicate hides the deletion", async () => {
  const work = waiter();
  await using world = await loopWorld(work.reconcile, {
    objects: [widgetWith("1")],
    predicate: ({ type }) => type === "added",
  });
  await world.show("MODIFIED", widgetWith("101", DELETED));
  assertEquals([work.aborted.length, work.calls], [1, 2]);
  await world.show("DELETED", widgetWith("102", DELETED));
});

Deno.test("Controller lets a reconcile go on that deletes its own object", async () => {
  const ends: boolean[] = [];
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  const work = async (
    _object: KubeObject,
    { signal }: { signal: AbortSignal },
  ) => {
    await gate;
    const goneUid = "a-1";
    await world.caches.write(
      new ScriptedReader().kind,
      KEY,
      () => Promise.resolve({ value: undefined, result: { goneUid } }),
    );
    world.watch.send([{ type: "DELETED", object: widgetWith("101") }]);
    await new Promise((resolve) => setTimeout(resolve));
    ends.push(signal.aborted);
  };
  await using world: LoopWorld = await loopWorld(work, {
    objects: [widgetWith("1")],
  });
  open();
  while (ends.length === 0) await world.clock.advance(0);
  assertEquals(ends, [false]);
});

Deno.test("Controller leaves a paused object alone until it is resumed", async () => {
  const { calls, reconcile } = recorder();
  await using world = await loopWorld(reconcile, {
    objects: [widgetWith("1", PAUSED)],
    predicate: () => false,
  });
  await world.show("MODIFIED", widgetWith("101", PAUSED));
  assertEquals(calls, []);
  await world.show("MODIFIED", widgetWith("102"));
  assertEquals(calls, ["a: resumed"]);
});

Deno.test("Controller pauses by another annotation, or by none", async () => {
  for (
    const [pauseAnnotation, expected] of [["mine", 0], [false, 1]] as const
  ) {
    const { calls, reconcile } = recorder();
    const annotations = { "koprs.dev/paused": "true", mine: "true" };
    await using _world = await loopWorld(reconcile, {
      objects: [widgetWith("1", { annotations })],
      pauseAnnotation,
    });
    assertEquals(calls.length, expected);
  }
});

Deno.test("Controller slows down an object that only own writes reconcile", async () => {
  let calls = 0;
  let version = 100;
  const kind = new ScriptedReader().kind;
  const other = { controller: {}, key: "ns/other" };
  await using world = await loopWorld(async () => {
    calls++;
    if (version >= 1_000) return;
    // As another controller of this process would, each time.
    const object = widgetWith(String(++version), labels(String(version)));
    await asWriter(
      other,
      () =>
        world.caches.write(
          kind,
          KEY,
          () => Promise.resolve({ value: undefined, result: { object } }),
        ),
    );
    world.watch.send([{ type: "MODIFIED", object }]);
  });
  await world.show("ADDED", widgetWith("100"));
  for (let turn = 0; turn < 40; turn++) await world.clock.advance(0);
  assertEquals(calls, 12); // the first one, and those that are harmless
  await world.clock.advance(600_000);
  assertEquals(calls < 35, true, `${calls} calls`);

  const before = calls;
  // A change by somebody else does not wait.
  await world.show("MODIFIED", widgetWith("900", labels("foreign")));
  assertEquals(calls > before, true);
  version = 1_000;
  await world.clock.advance(3_600_000);
});

Deno.test("Controller() throws for options that make no sense", () => {
  const reader = Object.assign(new ScriptedReader(), {
    caches: new CacheRegistry(),
  });
  for (
    const options of [
      { concurrency: 0 },
      { concurrency: 1.5 },
      { maxAttempts: 0 },
      { maxAttempts: NaN },
      { resync: 0 },
    ]
  ) {
    assertThrows(
      () => new Controller(reader, () => Promise.resolve(), options),
      RangeError,
      'Cannot make controller "widget"',
    );
  }
});
