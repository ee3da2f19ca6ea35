import { assert, assertEquals } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import { apiErrorFromStatus } from "../client/api_status.ts";
import { ConnectionError } from "../client/connection_error.ts";
import { Following } from "../../tests/following.ts";
import { widget } from "../../tests/scripted_reader.ts";

/** What a server without WatchList answers. */
const refusal = apiErrorFromStatus({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message: 'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: ' +
    "Forbidden: sendInitialEvents is forbidden for watch unless the " +
    "WatchList feature gate is enabled",
  reason: "Invalid",
  details: {
    group: "meta.k8s.io",
    kind: "ListOptions",
    causes: [{ reason: "FieldValueForbidden", field: "sendInitialEvents" }],
  },
  code: 422,
});
const tooOld = new ApiError("The provided continue parameter is too old", {
  code: 410,
  reason: "Expired",
});

/** Refuses streamed lists, as a server without WatchList does. */
async function refuse(t: Following): Promise<void> {
  (await t.reader.watch()).fail(refusal);
}

Deno.test("reflectBatches() lists by pages, then watches, where lists are not streamed", async () => {
  await using t = new Following({ namespace: "ns", fieldSelector: "a=b" });
  await refuse(t);
  const list = await t.reader.list();
  const { signal: _, ...asked } = list.options;
  assertEquals(asked, {
    namespace: "ns",
    labelSelector: undefined,
    fieldSelector: "a=b",
    limit: 500,
  });
  list.send({
    items: [widget("a", "1"), widget("b", "2")],
    resourceVersion: "10",
  });
  assertEquals(await t.told(), []);
  list.send({ items: [widget("c", "3")], resourceVersion: "10" });
  list.end();
  const watch = await t.reader.watch();
  assertEquals(await t.told(), ["replaced a@1 b@2 c@3 @10"]);

  const { signal: __, ...options } = watch.options;
  assertEquals(options, {
    namespace: "ns",
    labelSelector: undefined,
    fieldSelector: "a=b",
    resourceVersion: "10",
    sendInitialEvents: false,
    allowBookmarks: true,
    timeoutSeconds: 300,
    idleTimeout: 330_000, // whether there are bookmarks is not known yet
  });
  watch.send([{ type: "ADDED", object: widget("d", "11") }]);
  assertEquals(await t.told(), ["applied d@11"]);
  assertEquals(t.clock.now(), 0);
});

Deno.test("F44 reflectBatches() trusts in bookmarks after the first", async () => {
  await using t = new Following();
  await refuse(t);
  const list = await t.reader.list();
  list.send({ items: [], resourceVersion: "10" });
  list.end();
  let watch = await t.reader.watch();
  watch.send([{
    type: "BOOKMARK",
    resourceVersion: "11",
    initialEventsEnd: false,
  }]);
  await t.clock.advance(300_000);
  watch.end();
  watch = await t.reader.watch();
  assertEquals(watch.options.idleTimeout, 150_000);
});

Deno.test("F46 reflectBatches() remembers that lists are not streamed", async () => {
  for (const code of [400, 405, 406, 415, 422, 501]) {
    await using t = new Following({ pageSize: 7 });
    (await t.reader.watch()).fail(new ApiError("no", { code }));
    for (let n = 0; n < 2; n++) {
      const list = await t.reader.list();
      assertEquals(list.options.limit, 7);
      list.send({ items: [], resourceVersion: "10" });
      list.end();
      (await t.reader.watch()).fail(tooOld);
    }
    assertEquals(t.reader.log.slice(0, 5), [
      "watch",
      "list",
      "watch",
      "list",
      "watch",
    ]);
  }
});

Deno.test("reflectBatches() does not take an outage for a refusal", async () => {
  const failures = [
    new ConnectionError("refused", { kind: "refused" }),
    new ConnectionError("silent", { kind: "timeout" }),
    new ApiError("busy", { code: 429 }),
    new ApiError("etcd is slow", { code: 504 }),
    new ApiError("starting", { code: 503 }),
    new ApiError("no", { code: 500 }),
  ];
  await using t = new Following();
  for (const error of failures) {
    (await t.reader.watch()).fail(error);
    await t.untilRequest();
  }
  await t.reader.streamedList([], "10");
  assertEquals(await t.told(), ["replaced  @10"]);
});

Deno.test("F46 reflectBatches() tries pages when streaming is forbidden, but again streams later", async () => {
  await using t = new Following();
  const forbidden = new ApiError("no", { code: 403 });
  (await t.reader.watch()).fail(forbidden);
  (await t.reader.list()).fail(forbidden);
  assertEquals(await t.untilRequest(), 10_000);
  const list = await t.reader.list();
  list.send({ items: [], resourceVersion: "10" });
  list.end();
  (await t.reader.watch()).fail(tooOld);
  await t.reader.streamedList([], "20");
  assertEquals(await t.told(), ["replaced  @10", "replaced  @20"]);
});

Deno.test("F47 reflectBatches() swaps nothing when a streamed list is cut, and gives up streaming after three", async () => {
  const cuts = [
    (error: unknown) => error instanceof ApiError && error.code === 500,
    (error: unknown) => error instanceof ConnectionError,
    (error: unknown) => String(error).includes("ended too early"),
  ];
  await using t = new Following();
  for (const [n, isExpected] of cuts.entries()) {
    const watch = await t.reader.watch();
    assertEquals(watch.options.sendInitialEvents, true);
    watch.send([{ type: "ADDED", object: widget(`partial-${n}`, "1") }]);
    if (n === 0) {
      const error = new ApiError("no", { code: 500 });
      watch.send([{ type: "ERROR", error }]);
    } else if (n === 1) {
      watch.fail(new ConnectionError("reset", { kind: "reset" }));
    } else {
      watch.end();
    }
    await t.untilRequest();
    if (n < 2) assert(isExpected(t.states.at(-1)?.error), `${n}`);
  }
  const list = await t.reader.list();
  list.send({ items: [widget("a", "1")], resourceVersion: "10" });
  list.end();
  assertEquals(await t.told(), ["replaced a@1 @10"]);
  (await t.reader.watch()).fail(tooOld);
  await t.reader.list();
});

Deno.test("F47 reflectBatches() lists by pages when a streamed list gets no further for 30 s", async () => {
  await using t = new Following();
  const stuck = await t.reader.watch();
  stuck.send([{ type: "ADDED", object: widget("a", "1") }]);
  await t.clock.advance(29_000);
  // An old server: plain bookmarks, but no mark of the end.
  stuck.send([{ type: "ADDED", object: widget("b", "1") }]);
  await t.clock.advance(20_000);
  stuck.send([{
    type: "BOOKMARK",
    resourceVersion: "5",
    initialEventsEnd: false,
  }]);
  await t.clock.advance(9_999);
  assertEquals(t.reader.log, ["watch"]);
  await t.clock.advance(1);
  const list = await t.reader.list();
  assert(stuck.isClosed);
  list.send({ items: [widget("a", "1")], resourceVersion: "10" });
  list.end();
  await t.reader.watch();
  assertEquals(await t.told(), ["replaced a@1 @10"]);
  assertEquals(t.clock.pending, 0);
});

Deno.test("reflectBatches() watches a quiet stream for longer than a list may be stuck", async () => {
  await using t = new Following();
  const watch = await t.reader.streamedList([], "10");
  await t.clock.advance(140_000);
  assertEquals(watch.isClosed, false);
});

Deno.test("F50 reflectBatches() starts again when the next page has expired", async () => {
  await using t = new Following();
  await refuse(t);
  let list = await t.reader.list();
  list.send({ items: [widget("gone", "1")], resourceVersion: "10" });
  list.fail(tooOld);
  list = await t.reader.list();
  assertEquals(t.clock.now(), 0);
  list.send({ items: [widget("a", "11")], resourceVersion: "20" });
  list.end();
  const watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "20");
  assertEquals(await t.told(), ["replaced a@11 @20"]);
});

Deno.test("reflectBatches() watches from the first page, so that nothing is lost", async () => {
  await using t = new Following();
  await refuse(t);
  const list = await t.reader.list();
  list.send({ items: [widget("a", "1")], resourceVersion: "10" });
  list.send({ items: [widget("b", "12")], resourceVersion: "15" });
  list.end();
  const watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "10");
  watch.send([
    { type: "ADDED", object: widget("b", "12") }, // known from the list
    { type: "MODIFIED", object: widget("a", "13") },
  ]);
  assertEquals(await t.told(), ["replaced a@1 b@12 @10", "applied a@13"]);
});

Deno.test("F51 reflectBatches() leaves a list whose pages repeat", async () => {
  await using t = new Following();
  await refuse(t);
  const list = await t.reader.list();
  for (let n = 0; n < 20; n++) {
    list.send({ items: [widget("a", "1")], resourceVersion: "10" });
  }
  assertEquals(await t.told(), []);
  assert(list.isClosed);
  assert(String(t.states.at(-1)?.error).includes("the server repeats itself"));
  assertEquals(await t.untilRequest(), 800);
});

Deno.test("F52 reflectBatches() does not accept a list without version", async () => {
  await using t = new Following();
  await refuse(t);
  const list = await t.reader.list();
  list.send({ items: [widget("a", "1")], resourceVersion: "" });
  list.end();
  assertEquals(await t.told(), []);
  assert(String(t.states.at(-1)?.error).includes("no resourceVersion"));
  assertEquals(await t.untilRequest(), 800);
});

Deno.test("F66 reflectBatches() reads many pages without holding up others", async () => {
  await using t = new Following();
  await refuse(t);
  const list = await t.reader.list();
  const pages = 200;
  const slices: number[] = [];
  for (let page = 0; page < pages; page++) {
    const items = Array.from(
      { length: 500 },
      (_, n) => widget(`w-${page}-${n}`, `${page * 500 + n + 1}`),
    );
    const before = performance.now();
    list.send({ items, resourceVersion: "200000" });
    await t.clock.advance(0);
    slices.push(performance.now() - before);
  }
  list.end();
  await t.reader.watch();
  const [told = ""] = await t.told();
  assertEquals(told.split(" ").length, pages * 500 + 2);
  slices.sort((a, b) => a - b);
  // The median, for a shared machine has bad moments.
  assert((slices[100] ?? 0) < 50, `a page took ${slices[100]} ms`);
});
