import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ScriptedReader, widget } from "../../tests/scripted_reader.ts";
import { ApiError } from "../client/api_error.ts";
import { WatchedScope } from "./watched_scope.ts";

function setUp({ optional = false } = {}) {
  const clock = new FakeClock();
  const reader = new ScriptedReader();
  const told: string[] = [];
  const scope = new WatchedScope(reader, {
    clock,
    optional,
    indexes: {},
    backoff: { jitter: 0, random: () => 0 },
    emit: ({ type, object, initial }) => {
      told.push(
        `${initial ? "initially " : ""}${type} ${object.metadata.name}`,
      );
    },
  });
  const stop = new AbortController();
  const running = scope.run(stop);
  return {
    clock,
    reader,
    scope,
    told,
    async [Symbol.asyncDispose](): Promise<void> {
      stop.abort();
      await running;
    },
  };
}

const notServed = (): ApiError =>
  new ApiError("Cannot list widgets: not found", {
    code: 404,
    reason: "NotFound",
    details: undefined,
  });

Deno.test("WatchedScope is alive while there are signs of life, if only failures", async () => {
  await using world = setUp();
  const { clock, reader, scope } = world;
  const watch = await reader.streamedList([], "1");
  await clock.advance(899_999);
  assertEquals(scope.isAlive, true);
  await clock.advance(1);
  assertEquals(scope.isAlive, false);
  watch.send([{
    type: "BOOKMARK",
    resourceVersion: "2",
    initialEventsEnd: false,
  }]);
  await clock.advance(0);
  assertEquals(scope.isAlive, true);
  await clock.advance(900_000);
  assertEquals(scope.isAlive, false);
  watch.fail(new Error("lost"));
  await clock.advance(0);
  assertEquals(scope.isAlive, true);
});

Deno.test("WatchedScope of an optional kind counts as empty while it is not served", async () => {
  await using world = setUp({ optional: true });
  const { clock, reader, scope, told } = world;
  (await reader.watch()).fail(notServed());
  await clock.advance(0);
  assertEquals(scope.isSynced, true);

  await clock.advance(5_000);
  const watch = await reader.streamedList([widget("a", "1")], "1");
  await clock.advance(0);
  assertEquals(scope.store.size, 1);
  watch.fail(notServed());
  await clock.advance(0);
  assertEquals([scope.store.size, scope.isSynced], [0, true]);
  assertEquals(told, ["added a", "deleted a"]);
});

Deno.test("WatchedScope of another kind waits until it is served", async () => {
  await using world = setUp();
  (await world.reader.watch()).fail(notServed());
  await world.clock.advance(0);
  assertEquals(world.scope.isSynced, false);
});
