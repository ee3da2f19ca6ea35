import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ApiError } from "../client/api_error.ts";
import type { KubeObject } from "../kind/object.ts";
import { TimeoutError } from "../timing/timeout_error.ts";
import { ScriptedReader, Widget, widget } from "../../tests/scripted_reader.ts";
import { waitFor } from "./wait_for.ts";

const key = { name: "a", namespace: "ns" };

Deno.test("waitFor() resolves with the object once it is as awaited", async () => {
  const reader = new ScriptedReader();
  const seen: (string | undefined)[] = [];
  const waiting = waitFor(reader, key, {
    condition: (object) => {
      seen.push(object?.metadata.resourceVersion);
      return object?.metadata.resourceVersion === "13";
    },
  });
  const watch = await reader.streamedList([], "10");
  assertEquals(watch.options.namespace, "ns");
  assertEquals(watch.options.fieldSelector, "metadata.name=a");
  watch.send([
    { type: "ADDED", object: widget("a", "11") },
    { type: "MODIFIED", object: widget("other", "12") },
    { type: "MODIFIED", object: widget("a", "13") },
    { type: "MODIFIED", object: widget("a", "14") },
  ]);
  assertEquals((await waiting)?.metadata.resourceVersion, "13");
  assertEquals(seen, [undefined, "11", "13"]);
  assertEquals(watch.isClosed, true);
});

Deno.test("waitFor() resolves without waiting when the object already is", async () => {
  const reader = new ScriptedReader();
  const waiting = waitFor(reader, key, { condition: (object) => !!object });
  await reader.streamedList([widget("a", "5")], "10");
  assertEquals((await waiting)?.metadata.resourceVersion, "5");
});

Deno.test("waitFor() resolves with undefined when absence is awaited", async () => {
  const reader = new ScriptedReader();
  const waiting = waitFor(reader, key, { condition: (object) => !object });
  const watch = await reader.streamedList([widget("a", "5")], "10");
  watch.send([{ type: "DELETED", object: widget("a", "11") }]);
  assertEquals(await waiting, undefined);
});

Deno.test("waitFor() sees an object that is missing from a new list as absent", async () => {
  const reader = new ScriptedReader();
  const waiting = waitFor(reader, key, { condition: (object) => !object });
  const watch = await reader.streamedList([widget("a", "5")], "10");
  watch.fail(new ApiError("gone", { code: 410, reason: "Expired" }));
  await reader.streamedList([], "20");
  assertEquals(await waiting, undefined);
});

Deno.test("waitFor() rejects and names what it waited for when time is over", async () => {
  const clock = new FakeClock();
  const reader = new ScriptedReader();
  const waiting = assertRejects(
    () =>
      waitFor(reader, key, { condition: () => false, timeout: 5_000, clock }),
    TimeoutError,
    'Cannot wait for Widget "ns/a": the condition was not met within 5000 ms',
  );
  const watch = await reader.streamedList([widget("a", "5")], "10");
  await clock.advance(5_000);
  const error = await waiting;
  assertEquals(error.cause, undefined);
  assertEquals(watch.isClosed, true);
  assertEquals(clock.pending, 0);
});

Deno.test("waitFor() gives the last failure when time is over", async () => {
  const clock = new FakeClock();
  const reader = new ScriptedReader({ ...Widget, scope: "Cluster" });
  const forbidden = new ApiError("widgets is forbidden", { code: 403 });
  const waiting = assertRejects(
    () =>
      waitFor<KubeObject>(reader, { name: "a" }, {
        condition: () => true,
        timeout: 1_000,
        clock,
      }),
    TimeoutError,
    'Widget "a": the condition was not met within 1000 ms: widgets is forbidden',
  );
  (await reader.watch()).fail(forbidden);
  (await reader.list()).fail(forbidden);
  await clock.advance(1_000);
  assertStrictEquals((await waiting).cause, forbidden);
  assertEquals(clock.pending, 0);
});

Deno.test("waitFor() rejects with the reason when the signal aborts", async () => {
  const clock = new FakeClock();
  const reader = new ScriptedReader();
  const controller = new AbortController();
  const reason = new Error("enough");
  const waiting = assertRejects(() =>
    waitFor(reader, key, {
      condition: () => false,
      timeout: 5_000,
      signal: controller.signal,
      clock,
    })
  );
  const watch = await reader.watch();
  controller.abort(reason);
  assertStrictEquals(await waiting, reason);
  assertEquals(watch.isClosed, true);
  assertEquals(clock.pending, 0);
});

Deno.test("waitFor() asks for nothing when the signal has aborted before", async () => {
  const reader = new ScriptedReader();
  const signal = AbortSignal.abort(new Error("before"));
  await assertRejects(
    () => waitFor(reader, key, { condition: () => true, signal }),
    Error,
    "before",
  );
  assertEquals(reader.log, []);
});

Deno.test("waitFor() rejects and leaves nothing when the condition throws", async () => {
  const clock = new FakeClock();
  const reader = new ScriptedReader();
  const waiting = assertRejects(
    () =>
      waitFor(reader, key, {
        condition: () => {
          throw new Error("a bug");
        },
        timeout: 5_000,
        clock,
      }),
    Error,
    "a bug",
  );
  const watch = await reader.streamedList([], "10");
  await waiting;
  assertEquals(watch.isClosed, true);
  assertEquals(clock.pending, 0);
});
