import { ConfigMap } from "@koprs/koprs/builtin";
import { Client, Controller, start } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { CallLog } from "./call_log.ts";
import { openWorld } from "./world.ts";

Deno.test("Controller takes the writes of another client of its program for those of others", async () => {
  await using world = await openWorld();
  const key = { name: "app", namespace: world.namespace };
  await using watching = new Client(world.config, { fieldManager: "operator" });
  await using writing = new Client(world.config, { fieldManager: "operator" });
  const labels = { step: "done" };
  const log = new CallLog();
  const controller = new Controller(
    watching.resource(ConfigMap),
    async (_object, { reasons }) => {
      log.add([...reasons].join());
      await writing.resource(ConfigMap).apply({ metadata: { ...key, labels } });
    },
    { namespace: world.namespace, fieldSelector: "metadata.name=app" },
  );
  await world.client.resource(ConfigMap).create({ metadata: key });
  await using _running = start(controller);
  // The second write changes nothing, so that it wakes nobody.
  await log.until("modified");
  assertEquals(log.calls, ["initial", "modified"]);
});
