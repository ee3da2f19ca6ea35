import { assertEquals } from "@std/assert";
import { loopWorld } from "../../tests/loop_world.ts";
import { ScriptedReader, widget } from "../../tests/scripted_reader.ts";
import { CacheRegistry } from "../client/cache_registry.ts";
import { Controller } from "./controller.ts";

Deno.test("Controller is healthy until all its workers are stuck", async () => {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  await using world = await loopWorld(() => gate, {
    objects: [widget("a", "1"), widget("b", "1")],
    concurrency: 2,
    timeout: 1_000,
  });
  await world.clock.advance(60_000);
  assertEquals(world.controller.healthy(), true);
  await world.clock.advance(1_001);
  assertEquals(world.controller.healthy(), false);
  open();
  await world.clock.advance(0);
  assertEquals(world.controller.healthy(), true);
});

Deno.test("Controller on standby is ready, and reconciles nothing", async () => {
  let calls = 0;
  const caches = new CacheRegistry();
  const reader = Object.assign(new ScriptedReader(), { caches });
  const controller = new Controller(
    reader,
    () => Promise.resolve(void calls++),
  );
  const stop = new AbortController();
  const standby = controller.standby(stop);
  assertEquals(controller.ready(), false);
  await reader.streamedList([widget("a", "1")], "100");
  while (!controller.ready()) await new Promise((done) => setTimeout(done));
  assertEquals(calls, 0);

  const end = new AbortController();
  const running = controller.run(end);
  while (calls === 0) await new Promise((done) => setTimeout(done));
  assertEquals(reader.log, ["watch"]); // the same one
  end.abort();
  await running;
  assertEquals(controller.ready(), true);
  stop.abort();
  await standby;
  assertEquals(controller.ready(), false);
});
