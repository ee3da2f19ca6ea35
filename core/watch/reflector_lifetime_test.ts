import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import { ConfigError } from "../client/config_error.ts";
import { Following } from "../../tests/following.ts";
import { ScriptedReader, Widget, widget } from "../../tests/scripted_reader.ts";
import { reflectBatches } from "./reflector.ts";

Deno.test("reflectBatches() ends and leaves nothing when the signal aborts", async () => {
  const moments: [string, (t: Following) => Promise<void>][] = [
    ["listing", async ({ reader }) => void await reader.watch()],
    [
      "watching",
      async (t) => {
        await t.reader.streamedList([], "10");
        await t.told();
      },
    ],
    [
      "waiting",
      async (t) => {
        (await t.reader.watch()).fail(new Error("no"));
        await t.told();
        assertEquals(t.clock.pending, 1);
      },
    ],
  ];
  for (const [phase, reach] of moments) {
    const t = new Following();
    await reach(t);
    assertEquals(t.states.at(-1)?.phase, phase);
    t.abort();
    await t.ended;
    assertEquals(t.clock.pending, 0, phase);
  }
});

Deno.test("reflectBatches() asks for nothing when the signal has aborted before", async () => {
  const reader = new ScriptedReader();
  const signal = AbortSignal.abort();
  for await (const _ of reflectBatches(reader, { signal })) assert(false);
  assertEquals(reader.log, []);
});

Deno.test("reflectBatches() closes its stream when the loop is left", async () => {
  const reader = new ScriptedReader();
  const answer = reader.streamedList([], "10");
  for await (const _ of reflectBatches(reader)) break;
  assert((await answer).isClosed);
});

Deno.test("reflectBatches() reports its phases", async () => {
  await using t = new Following();
  const error = new Error("no");
  (await t.reader.watch()).fail(error);
  await t.clock.advance(800);
  await t.reader.streamedList([], "10");
  await t.told();
  assertEquals(t.states, [
    { phase: "listing" },
    { phase: "waiting", error, retryIn: 800 },
    { phase: "listing", error },
    { phase: "watching" },
  ]);
});

Deno.test("reflectBatches() rejects when the client cannot work at all", async () => {
  await using t = new Following();
  const error = new ConfigError("Cannot read the certificate");
  (await t.reader.watch()).fail(error);
  await assertRejects(() => t.ended, ConfigError);
});

Deno.test("reflectBatches() retries what was configured right before", async () => {
  await using t = new Following();
  const watch = await t.reader.streamedList([], "10");
  watch.fail(new ConfigError("Cannot run the credential plugin"));
  await t.clock.advance(800);
  assertEquals((await t.reader.watch()).options.resourceVersion, "10");
});

Deno.test("reflectBatches() throws when its options make no sense", () => {
  const cluster = new ScriptedReader({ ...Widget, scope: "Cluster" });
  const cases: [ScriptedReader, Record<string, unknown>, string][] = [
    [cluster, { namespace: "a" }, "the kind has no namespaces"],
    [new ScriptedReader(), { namespace: "" }, 'in namespace ""'],
    [new ScriptedReader(), { namespace: "a/b" }, 'in namespace "a/b"'],
    [new ScriptedReader(), { namespace: ".." }, 'in namespace ".."'],
    [new ScriptedReader(), { pageSize: 0 }, "pageSize must be 1 or more"],
  ];
  for (const [reader, options, message] of cases) {
    assertThrows(() => reflectBatches(reader, options), TypeError, message);
  }
});

Deno.test("F42 reflectBatches() hears nothing more of a stream that it left", async () => {
  await using t = new Following();
  const old = await t.reader.streamedList([widget("a", "1")], "10");
  await t.told();
  old.send([{ type: "ERROR", error: new ApiError("no", { code: 500 }) }]);
  await t.clock.advance(800);
  const watch = await t.reader.watch();
  old.send([{ type: "MODIFIED", object: widget("a", "12") }]);
  watch.send([{ type: "MODIFIED", object: widget("a", "11") }]);
  old.send([{ type: "DELETED", object: widget("a", "13") }]);
  assertEquals(await t.told(), ["applied a@11"]);
});
