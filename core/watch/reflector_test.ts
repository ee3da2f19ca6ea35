import { assert, assertEquals } from "@std/assert";
import type { WatchEvent } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { Following } from "../../tests/following.ts";
import { widget } from "../../tests/scripted_reader.ts";

const added = (object: KubeObject): WatchEvent<KubeObject> => ({
  type: "ADDED",
  object,
});
const modified = (object: KubeObject): WatchEvent<KubeObject> => ({
  type: "MODIFIED",
  object,
});
const deleted = (object: KubeObject): WatchEvent<KubeObject> => ({
  type: "DELETED",
  object,
});
const bookmark = (
  resourceVersion: string,
  initialEventsEnd = false,
): WatchEvent<KubeObject> => ({
  type: "BOOKMARK",
  resourceVersion,
  initialEventsEnd,
});

Deno.test("reflectBatches() streams the list, then changes, on one connection", async () => {
  await using t = new Following({ namespace: "ns", labelSelector: "a=b" });
  const watch = await t.reader.streamedList(
    [widget("a", "1"), widget("b", "2")],
    "10",
  );
  assertEquals(await t.told(), ["replaced a@1 b@2 @10"]);
  watch.send([modified(widget("a", "11")), deleted(widget("b", "12"))]);
  assertEquals(await t.told(), ["applied a@11", "deleted b@12"]);
  assertEquals(t.reader.log, ["watch"]);

  const { signal: _, ...options } = watch.options;
  assertEquals(options, {
    namespace: "ns",
    labelSelector: "a=b",
    fieldSelector: undefined,
    resourceVersion: undefined,
    sendInitialEvents: true,
    allowBookmarks: true,
    timeoutSeconds: 300,
    idleTimeout: 150_000,
  });
});

Deno.test("reflectBatches() replaces once, with all that came before the end mark", async () => {
  await using t = new Following();
  const watch = await t.reader.watch();
  watch.send([added(widget("a", "1")), added(widget("b", "2"))]);
  watch.send([bookmark("3")]);
  watch.send([modified(widget("a", "4")), deleted(widget("b", "5"))]);
  watch.send([added(widget("b", "6", "b-2"))]);
  assertEquals(await t.told(), []);
  watch.send([bookmark("7", true), modified(widget("a", "8"))]);
  assertEquals(await t.told(), ["replaced a@4 b@6 @7", "applied a@8"]);
  assertEquals(t.batches, [2]);
});

Deno.test("F43 reflectBatches() goes on where the last event or bookmark was", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  watch.send([added(widget("a", "11"))]);
  await t.clock.advance(300_000);
  watch.end();
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "11");
  assertEquals(watch.options.sendInitialEvents, false);
  watch.send([bookmark("50")]);
  await t.clock.advance(300_000);
  watch.end();
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "50");
  assertEquals(t.states.filter(({ phase }) => phase === "waiting"), []);
  assertEquals(await t.told(), ["replaced  @10", "applied a@11"]);
});

Deno.test("F49 reflectBatches() spreads the ends of its watches", async () => {
  const seconds: (number | undefined)[] = [];
  for (const random of [() => 0, () => 0.5, () => 0.999]) {
    await using t = new Following({ backoff: { random } });
    seconds.push((await t.reader.watch()).options.timeoutSeconds);
  }
  assertEquals(seconds, [300, 450, 599]);
});

Deno.test("F41 reflectBatches() ignores repetitions and older states of one uid", async () => {
  await using t = new Following();
  const watch = await t.reader.streamedList([widget("a", "5")], "10");
  await t.told();
  watch.send([
    added(widget("a", "5")), // again
    modified(widget("a", "4")), // older
    modified(widget("a", "12")),
    modified(widget("a", "9")), // older, though shorter text sorts last
    deleted(widget("a", "13")),
    modified(widget("a", "12")), // would raise the dead
    deleted(widget("a", "13")), // again
    added(widget("a", "14", "a-2")), // another object
  ]);
  assertEquals(await t.told(), [
    "applied a@12",
    "deleted a@13",
    "applied a@14",
  ]);
});

Deno.test("F41 reflectBatches() ignores what a resumed watch sends again", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  const past = [
    added(widget("a", "11")),
    modified(widget("a", "12")),
    deleted(widget("a", "13")),
    added(widget("b", "14")),
  ];
  watch.send(past);
  await t.clock.advance(300_000);
  watch.end();
  await t.told();
  watch = await t.reader.watch();
  watch.send([...past, modified(widget("b", "15"))]);
  assertEquals(await t.told(), ["applied b@15"]);
});

Deno.test("reflectBatches() applies a deletion that repeats the last version", async () => {
  await using t = new Following();
  const watch = await t.reader.streamedList([widget("a", "5")], "10");
  await t.told();
  watch.send([deleted(widget("a", "5"))]);
  assertEquals(await t.told(), ["deleted a@5"]);
});

Deno.test("F40 reflectBatches() follows servers whose versions are no numbers", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([widget("a", "x")], "r1");
  watch.send([modified(widget("a", "m")), modified(widget("a", "m"))]);
  assertEquals(await t.told(), ["replaced a@x @r1", "applied a@m"]);
  await t.clock.advance(300_000);
  watch.end();
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "m");
});

Deno.test("reflectBatches() accepts versions of two objects out of order", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  watch.send([added(widget("a", "20")), added(widget("b", "15"))]);
  assertEquals(await t.told(), [
    "replaced  @10",
    "applied a@20",
    "applied b@15",
  ]);
  watch.end();
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "20");
});

Deno.test("F45 reflectBatches() does not go back when a bookmark does, or has no version", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  watch.send([bookmark("9"), bookmark("")]);
  await t.clock.advance(300_000);
  watch.end();
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "10");
});

Deno.test("F39 F110 reflectBatches() skips events of unknown types and broken objects", async () => {
  await using t = new Following();
  const watch = await t.reader.watch();
  // What a server may send, whatever the types say.
  const broken = [
    { type: "FROBNICATED", object: widget("x", "99") },
    { type: "ADDED", object: null },
    { type: "ADDED", object: {} },
    { type: "ADDED", object: { metadata: { name: "" } } },
    { type: "ADDED", object: { metadata: { name: "no-namespace" } } },
  ] as unknown as WatchEvent<KubeObject>[];
  watch.send([...broken, added(widget("a", "1")), bookmark("10", true)]);
  watch.send([...broken, added(widget("b", "11"))]);
  assertEquals(await t.told(), ["replaced a@1 @10", "applied b@11"]);
  watch.end();
  assertEquals((await t.reader.watch()).options.resourceVersion, "11");
});

Deno.test("F40 reflectBatches() follows objects without uid or version", async () => {
  await using t = new Following();
  const bare = {
    ...widget("a", "1"),
    metadata: { name: "a", namespace: "ns" },
  };
  const watch = await t.reader.watch();
  watch.send([
    added(bare as unknown as KubeObject), // an odd server's object
    bookmark("10", true),
    modified(bare as unknown as KubeObject),
  ]);
  assertEquals(await t.told(), [
    "replaced a@undefined @10",
    "applied a@undefined",
  ]);
});

Deno.test("reflectBatches() transforms objects before all else", async () => {
  await using t = new Following({
    transform: (object) => ({
      ...object,
      metadata: { ...object.metadata, name: object.metadata.name + "!" },
    }),
  });
  const watch = await t.reader.streamedList([widget("a", "1")], "10");
  watch.send([modified(widget("a", "11"))]);
  assertEquals(await t.told(), ["replaced a!@1 @10", "applied a!@11"]);
});

Deno.test("reflectBatches() loses no event when a transform fails once", async () => {
  let calls = 0;
  await using t = new Following({
    transform: (object) => {
      if (++calls === 2) throw new Error("once");
      return object;
    },
  });
  let watch = await t.reader.streamedList([], "10");
  watch.send([added(widget("a", "11")), added(widget("b", "12"))]);
  assertEquals(await t.told(), ["replaced  @10", "applied a@11"]);
  assert(watch.isClosed);
  await t.clock.advance(800);
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "11");
  watch.send([added(widget("b", "12"))]);
  assertEquals(await t.told(), ["applied b@12"]);
});
