import { ConfigMap } from "@koprs/koprs/builtin";
import {
  addFinalizer,
  Client,
  Controller,
  ensure,
  mergePatch,
  metricsFor,
  removeFinalizer,
  setLabels,
  start,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Registry } from "prom-client";
import { recordedLogs } from "../recorded_logs.ts";
import { openWorld } from "../world.ts";

Deno.test("OB successes and failures are counted by controller, without any text of the error", async () => {
  const registry = new Registry();
  await using world = await openWorld();
  const { namespace } = world;
  await using client = new Client(world.config, { fieldManager: "my-op" });
  const configMaps = client.resource(ConfigMap);
  await configMaps.create({ metadata: { name: "app", namespace } });
  const failed = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<void>();
  const controller = new Controller(configMaps, (_object, { attempt }) => {
    if (attempt > 0) {
      settled.resolve();
      return Promise.resolve();
    }
    failed.resolve();
    return Promise.reject(new Error("secret text"));
  }, {
    namespace,
    fieldSelector: "metadata.name=app",
    name: "maps",
    registry,
    backoff: { initial: 1, jitter: 0 },
  });
  {
    await using _running = start(controller);
    await failed.promise;
    await settled.promise;
  }
  const text = await registry.metrics();
  const lines = [
    'koprs_reconciliations_total{controller="maps",result="error"} 1',
    'koprs_reconciliations_total{controller="maps",result="success"} 1',
    'koprs_reconcile_errors_total{controller="maps"} 1',
    'koprs_reconcile_duration_seconds_count{controller="maps"} 2',
  ];
  for (const line of lines) assertStringIncludes(text, line);
  assert(!text.includes("secret text"));
  assertEquals(metricsFor(registry), metricsFor(registry));
});

Deno.test("20.15 a failure is logged with its cause, and for the object that failed", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  await using client = new Client(world.config, { fieldManager: "my-op" });
  const configMaps = client.resource(ConfigMap);
  await configMaps.create({ metadata: { name: "app", namespace } });
  const records = await recordedLogs(async () => {
    const again = Promise.withResolvers<void>();
    const cause = new Error("the disk is full");
    const controller = new Controller(configMaps, (_object, { attempt }) => {
      if (attempt > 0) again.resolve();
      return Promise.reject(new Error("Cannot write", { cause }));
    }, {
      namespace,
      fieldSelector: "metadata.name=app",
      backoff: { initial: 1, jitter: 0 },
    });
    await using _running = start(controller);
    await again.promise;
  });
  const warning = records.find(({ level }) => level === "warning");
  assertEquals(warning?.properties.key, `${namespace}/app`);
  const { error } = warning?.properties ?? {};
  assert(error instanceof Error && error.cause instanceof Error);
  assertEquals(error.cause.message, "the disk is full");
});

Deno.test("20.23 what works is not logged above debug", async () => {
  await using world = await openWorld();
  const key = { name: "app", namespace: world.namespace };
  const records = await recordedLogs(async () => {
    await using client = new Client(world.config, { fieldManager: "my-op" });
    const configMaps = client.resource(ConfigMap);
    const { object } = await ensure(configMaps, { metadata: key });
    await setLabels(configMaps, key, { app: "web" });
    await configMaps.patch(key, mergePatch({ data: { color: "blue" } }));
    const finalizer = "example.org/cleanup";
    const kept = await addFinalizer(configMaps, object, { finalizer });
    await removeFinalizer(configMaps, kept, { finalizer });
    await configMaps.delete(key);
  });
  assertEquals(records.filter(({ level }) => level !== "debug"), []);
});
