import { assertEquals } from "@std/assert";
import { loopWorld, widgetWith } from "../../tests/loop_world.ts";
import { recordedLogs } from "../../tests/recorded_logs.ts";
import { widget } from "../../tests/scripted_reader.ts";
import { ApiError } from "../client/api_error.ts";

function cyclic(): Error {
  const error = new Error("no");
  error.cause = error;
  return error;
}

Deno.test("F99 Controller takes whatever is thrown for a failure, and goes on", async () => {
  const thrown: readonly unknown[] = [
    new Error("no"),
    "no",
    "",
    0,
    NaN,
    null,
    undefined,
    Symbol("no"),
    Object.freeze({ message: "no" }),
    {
      toString(): never {
        throw new Error("not even that");
      },
    },
    Object.create(null),
    cyclic(),
  ];
  for (const [index, value] of thrown.entries()) {
    for (const isSynchronous of [true, false]) {
      const names: string[] = [];
      await using world = await loopWorld(({ metadata: { name } }) => {
        names.push(name);
        if (name !== "bad" || names.filter((n) => n === name).length > 1) {
          return Promise.resolve();
        }
        if (isSynchronous) throw value;
        return Promise.reject(value);
      });
      await world.show("ADDED", widget("bad", "101"));
      await world.show("ADDED", widget("good", "102"));
      await world.clock.advance(10);
      assertEquals(names, ["bad", "good", "bad"], `value ${index}`);
      const counted = 'koprs_reconciliations_total{controller="widget"';
      assertEquals(await world.metric(`${counted},result="error"}`), 1);
      assertEquals(await world.metric(`${counted},result="success"}`), 2);
    }
  }
});

Deno.test("F109 Controller lets no object wait for one that always fails", async () => {
  const waits: number[] = [];
  let failures = 0;
  await using world = await loopWorld(({ metadata: { name } }) => {
    if (name === "poison") {
      failures++;
      return Promise.reject(new Error("no"));
    }
    waits.push((world?.clock.now() ?? 0) - Number(name.slice(1)));
    return Promise.resolve();
  });
  await world.show("ADDED", widget("poison", "101"));
  for (let n = 0; n < 100; n++) {
    await world.show("ADDED", widget(`t${world.clock.now()}`, `${200 + n}`));
    await world.clock.advance(1_000);
  }
  assertEquals(waits, Array.from({ length: 100 }, () => 0));
  // 5 ms, doubled: 15 times in 100 s.
  assertEquals(failures, 15);
});

Deno.test("F73 Controller makes no noise when its object went before the watch said so", async () => {
  const about = (details: object): ApiError =>
    new ApiError("not found", { code: 404, reason: "NotFound", details });
  const own = { name: "a", group: "example.io", kind: "widgets" };
  const failures = [
    about(own),
    about(own), // still there: something is wrong
    about({ name: "a", kind: "namespaces" }),
  ];
  const levels = await recordedLogs(async () => {
    await using world = await loopWorld(() => {
      const error = failures.shift();
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    }, { objects: [widgetWith("1")] });
    await world.clock.advance(1_000);
  });
  assertEquals(
    levels.filter(({ rawMessage }) => rawMessage === "Cannot reconcile")
      .map(({ level }) => level),
    ["debug", "warning", "warning"],
  );
});

Deno.test("F79 Controller retries more and more slowly what a webhook refuses, and at once when the object changes", async () => {
  const refusals: readonly [number, string][] = [
    [403, 'admission webhook "a.example.io" denied the request: no'],
    [400, 'admission webhook "a.example.io" denied the request: no'],
    [500, 'Internal error occurred: failed calling webhook "a.example.io"'],
  ];
  for (const [code, message] of refusals) {
    const times: number[] = [];
    await using world = await loopWorld(() => {
      times.push(world?.clock.now() ?? 0);
      return Promise.reject(new ApiError(message, { code }));
    });
    await world.show("ADDED", widgetWith("100"));
    await world.clock.advance(100);
    await world.show("MODIFIED", widgetWith("101", { labels: { a: "b" } }));
    assertEquals(times, [0, 5, 15, 35, 75, 100], message);
  }
});
