import { assert, assertEquals } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import { apiErrorFromStatus } from "../client/api_status.ts";
import { failures, Following } from "../../tests/following.ts";
import { widget } from "../../tests/scripted_reader.ts";

const expired = (): ApiError =>
  apiErrorFromStatus({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: "too old resource version: 10 (5000)",
    reason: "Expired",
    code: 410,
  });

Deno.test("F31 F32 F33 reflectBatches() lists at once when its version has expired, in any form", async () => {
  const forms = [
    expired(),
    new ApiError("gone", { code: 410, reason: "Gone" }),
    new ApiError("gone", { code: 410 }),
    new ApiError("gone", { code: 500, reason: "Expired" }),
  ];
  for (const [way, fail] of Object.entries(failures)) {
    for (const error of forms) {
      await using t = new Following();
      const old = await t.reader.streamedList([widget("a", "1")], "10");
      await t.told();
      fail(old, error);
      const watch = await t.reader.streamedList([widget("b", "2")], "5000");
      assertEquals(await t.told(), ["replaced b@2 @5000"], way);
      assertEquals(t.clock.now(), 0);
      assert(old.isClosed);
      watch.send([{ type: "ADDED", object: widget("c", "5001") }]);
      assertEquals(await t.told(), ["applied c@5001"]);
    }
  }
});

Deno.test("reflectBatches() slows down when its version expires again and again", async () => {
  await using t = new Following();
  const gaps: number[] = [];
  for (let n = 0; n < 8; n++) {
    const watch = await t.reader.streamedList([], "10");
    await t.told();
    watch.fail(expired());
    gaps.push(await t.untilRequest());
  }
  assertEquals(gaps, [
    0,
    800,
    1_600,
    3_200,
    6_400,
    12_800,
    25_600,
    30_000,
  ]);
});

Deno.test("F53 reflectBatches() lists in a while when its version is too large", async () => {
  const tooLarge = apiErrorFromStatus({
    kind: "Status",
    status: "Failure",
    message: "Too large resource version: 9000, current: 20",
    reason: "Timeout",
    details: {
      causes: [{
        reason: "ResourceVersionTooLarge",
        message: "Too large resource version",
      }],
      retryAfterSeconds: 1,
    },
    code: 504,
  });
  await using t = new Following();
  let watch = await t.reader.streamedList([widget("a", "8999")], "9000");
  await t.told();
  const gaps: number[] = [];
  for (let n = 0; n < 3; n++) {
    watch.send([{ type: "ERROR", error: tooLarge }]);
    gaps.push(await t.untilRequest());
    watch = await t.reader.watch();
  }
  assertEquals(gaps, [1_000, 1_600, 3_200]);
  assertEquals(watch.options.sendInitialEvents, true);
  watch.send([
    { type: "ADDED", object: widget("a", "15") },
    { type: "BOOKMARK", resourceVersion: "20", initialEventsEnd: true },
  ]);
  assertEquals(await t.told(), ["replaced a@15 @20"]);
  watch.send([{ type: "MODIFIED", object: widget("a", "21") }]);
  assertEquals(await t.told(), ["applied a@21"]);
});

Deno.test("F57 F58 reflectBatches() lists anew when a kind is made anew", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([widget("a", "9")], "10");
  watch.send([{ type: "DELETED", object: widget("a", "11") }]);
  watch.end();
  assertEquals(await t.told(), ["replaced a@9 @10", "deleted a@11"]);
  const gaps: number[] = [];
  for (let n = 0; n < 6; n++) {
    watch = await t.reader.watch();
    assertEquals(watch.options.resourceVersion, n === 0 ? "11" : undefined);
    watch.fail(apiErrorFromStatus("404 page not found\n", { code: 404 }));
    gaps.push(await t.untilRequest());
  }
  assertEquals(gaps, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  // The versions of the new kind start again below those of the old one.
  await t.reader.streamedList([widget("a", "3", "a-2")], "4");
  assertEquals(await t.told(), ["replaced a@3 @4"]);
});

Deno.test("F54 reflectBatches() follows a world that was reset to the past", async () => {
  await using t = new Following();
  let watch = await t.reader.streamedList([widget("a", "900")], "1000");
  watch.fail(expired());
  watch = await t.reader.streamedList([widget("a", "90")], "100");
  watch.send([{ type: "MODIFIED", object: widget("a", "101") }]);
  assertEquals(await t.told(), [
    "replaced a@900 @1000",
    "replaced a@90 @100",
    "applied a@101",
  ]);
});
