import { ConfigMap } from "@koprs/koprs/builtin";
import { Client, Controller, Informer, start } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { assert, assertEquals } from "@std/assert";
import { CallLog } from "./call_log.ts";

const key = { name: "app", namespace: "default" };

Deno.test("F56 Controller bears an API server that reads and cannot write", async () => {
  await using server = new FakeApiServer();
  await using person = new Client(server.config, { fieldManager: "person" });
  await person.resource(ConfigMap).create({ metadata: key });
  await using client = new Client(server.config, {
    fieldManager: "operator",
    timeout: 100,
  });
  const configMaps = client.resource(ConfigMap);
  const log = new CallLog();
  const changes: string[] = [];
  const controller = new Controller(configMaps, async ({ metadata }) => {
    const { name, namespace } = metadata;
    try {
      await configMaps.apply({ metadata: { name, namespace }, data: {} });
      log.add("wrote");
    } catch (error) {
      log.add(error instanceof Error ? error.name : "?");
      throw error;
    }
  }, { namespace: "default", fieldSelector: "metadata.name=app" });
  const informer = new Informer(configMaps, { namespace: "default" });
  informer.subscribe(({ type }) => changes.push(type));

  const hung = server.faults.add({ verb: "apply" }, { hang: true });
  await using running = start(informer);
  await using _controlling = start(controller);
  await running.ready;
  await log.until("ConnectionError", 2);
  assert(informer.store.get(key) !== undefined);
  hung.remove();
  using failing = server.faults.add(
    { verb: "apply", times: 2 },
    { fail: { code: 500, message: "etcdserver: request timed out" } },
  );
  await log.until("ApiError", 2);
  await log.until("wrote");
  assertEquals(failing.hits, 2);
  assert(!changes.includes("deleted"), `${changes}`);
});
