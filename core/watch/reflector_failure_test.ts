import { assert, assertEquals, assertLess } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import { ConnectionError } from "../client/connection_error.ts";
import { failures, Following } from "../../tests/following.ts";
import { widget } from "../../tests/scripted_reader.ts";

Deno.test("reflectBatches() tells what came before an error event, and nothing after it", async () => {
  await using t = new Following();
  const watch = await t.reader.streamedList([], "10");
  await t.told();
  watch.send([
    { type: "ADDED", object: widget("a", "11") },
    { type: "ERROR", error: new ApiError("gone", { code: 410 }) },
    { type: "ADDED", object: widget("b", "12") },
  ]);
  watch.send([{ type: "ADDED", object: widget("c", "13") }]);
  assertEquals(await t.told(), ["applied a@11"]);
  assert(watch.isClosed);
});

Deno.test("F01 reflectBatches() goes on at the same version, more and more slowly, while there is no connection", async () => {
  await using t = new Following();
  (await t.reader.streamedList([], "10")).end();
  // At version 10 for the whole outage.
  const gaps: number[] = [];
  for (let n = 0; n < 8; n++) {
    const watch = await t.reader.watch();
    assertEquals(watch.options.resourceVersion, "10");
    watch.fail(new ConnectionError("refused", { kind: "refused" }));
    gaps.push(await t.untilRequest());
  }
  assertEquals(gaps, [
    800,
    1_600,
    3_200,
    6_400,
    12_800,
    25_600,
    30_000,
    30_000,
  ]);
  const watch = await t.reader.watch();
  watch.send([{ type: "ADDED", object: widget("a", "11") }]);
  assertEquals(await t.told(), ["replaced  @10", "applied a@11"]);
  assertEquals(t.states.at(-1), { phase: "watching" });
});

Deno.test("reflectBatches() forgets failures after two good minutes", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  const fail = async (): Promise<number> => {
    watch.fail(new ConnectionError("reset", { kind: "reset" }));
    const gap = await t.untilRequest();
    watch = await t.reader.watch();
    return gap;
  };
  assertEquals([await fail(), await fail(), await fail()], [800, 1_600, 3_200]);
  await t.clock.advance(119_000);
  assertEquals(await fail(), 6_400);
  await t.clock.advance(120_000);
  assertEquals(await fail(), 800);
});

Deno.test("F10 F11 F13 F21 F34 reflectBatches() waits as each failure deserves", async () => {
  const busy = (retryAfter: number) => (code: number) =>
    new ApiError("busy", { code, retryAfter });
  const plain = (code: number) => new ApiError("no", { code });
  const cases: [string, ApiError, number, "same" | "list"][] = [
    ["internal error", plain(500), 800, "same"],
    ["gateway", plain(502), 800, "same"],
    ["timeout", plain(504), 800, "same"],
    ["unknown", plain(418), 800, "same"],
    ["too many requests", plain(429), 800, "same"],
    ["too many requests, later", busy(3_000)(429), 3_000, "same"],
    ["too many requests, soon", busy(100)(429), 800, "same"],
    ["too many requests, much later", busy(86_400_000)(429), 60_000, "same"],
    ["unavailable", busy(5_000)(503), 5_000, "same"],
    ["unauthorized", plain(401), 10_000, "same"],
    ["forbidden", plain(403), 10_000, "same"],
    ["kind is gone", plain(404), 2_000, "list"],
  ];
  for (const [name, error, delay, next] of cases) {
    for (const [way, fail] of Object.entries(failures)) {
      await using t = new Following();
      const watch = await t.reader.streamedList([], "10");
      await t.told();
      fail(watch, error);
      assertEquals(await t.untilRequest(), delay, `${name} as ${way}`);
      const { resourceVersion } = (await t.reader.watch()).options;
      assertEquals(
        resourceVersion,
        next === "list" ? undefined : "10",
        `${name} as ${way}`,
      );
    }
  }
});

Deno.test("reflectBatches() keeps its bounds when delays are jittered", async () => {
  const cases: [number, number][] = [[401, 5_000], [403, 5_000], [404, 1_000]];
  for (const [code, least] of cases) {
    await using t = new Following({
      backoff: { jitter: 1, random: () => 0.999 },
    });
    (await t.reader.streamedList([], "10")).fail(new ApiError("no", { code }));
    await t.told();
    assertEquals(t.states.at(-1)?.retryIn, least);
  }
});

Deno.test("F34 reflectBatches() lists when the server refuses one version again and again", async () => {
  await using t = new Following();
  await t.reader.streamedList([], "10").then((watch) => watch.end());
  await t.told();
  for (let n = 0; n < 3; n++) {
    const watch = await t.reader.watch();
    assertEquals(watch.options.resourceVersion, "10");
    watch.send([{ type: "ERROR", error: new ApiError("no", { code: 500 }) }]);
    await t.untilRequest();
  }
  await t.reader.streamedList([widget("a", "3")], "4"); // restored from a backup
  assertEquals(await t.told(), ["replaced a@3 @4"]);
});

Deno.test("reflectBatches() does not list when refusals come at versions that move", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  for (let n = 11; n < 20; n++) {
    watch.send([{ type: "ADDED", object: widget("a", `${n}`) }]);
    await t.told();
    watch.fail(new ApiError("no", { code: 500 }));
    await t.untilRequest();
    watch = await t.reader.watch();
    assertEquals(watch.options.resourceVersion, `${n}`);
  }
});

Deno.test("reflectBatches() lists when a resumed watch is silent until it counts as dead", async () => {
  const silence = new ConnectionError("silent", { kind: "timeout" });
  await using t = new Following();
  (await t.reader.streamedList([], "10")).end();
  let watch = await t.reader.watch();
  await t.clock.advance(150_000);
  watch.fail(silence);
  await t.clock.advance(800);
  watch = await t.reader.watch();
  assertEquals(watch.options.sendInitialEvents, true);
});

Deno.test("reflectBatches() resumes when a watch falls silent after it has said something", async () => {
  const silence = new ConnectionError("silent", { kind: "timeout" });
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  await t.clock.advance(150_000);
  watch.fail(silence);
  await t.clock.advance(800);
  watch = await t.reader.watch();
  assertEquals(watch.options.resourceVersion, "10");
});

Deno.test("F48 reflectBatches() backs off when watches end at once, without news", async () => {
  await using t = new Following();
  await t.reader.streamedList([], "10").then((watch) => watch.end());
  await t.told();
  const { length } = t.reader.log;
  const serve = async (): Promise<void> => {
    for (;;) {
      const watch = await t.reader.watch();
      if (watch.options.sendInitialEvents) {
        watch.send([{
          type: "BOOKMARK",
          resourceVersion: "10",
          initialEventsEnd: true,
        }]);
      }
      watch.end();
    }
  };
  serve();
  await t.clock.advance(600_000);
  // 1000 closes would take 30 000 s; a hot loop would never end here.
  assertLess(t.reader.log.length - length, 40);
  const { error } = t.states.at(-1) ?? {};
  assert(
    error instanceof Error && error.message.includes("at once"),
    `${error}`,
  );
});

Deno.test("reflectBatches() resumes at once when a short watch had news", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([], "10");
  for (let n = 11; n < 15; n++) {
    watch.send([{ type: "ADDED", object: widget("a", `${n}`) }]);
    watch.end();
    watch = await t.reader.watch();
    assertEquals(watch.options.resourceVersion, `${n}`);
  }
  assertEquals(t.clock.now(), 0);
});
