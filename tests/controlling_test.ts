import { ConfigMap, CustomResourceDefinition } from "@koprs/koprs/builtin";
import {
  Client,
  Controller,
  controllerReference,
  defineKind,
  ensure,
  mergePatch,
  start,
  waitFor,
  watches,
} from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import * as z from "zod";
import { CallLog } from "./call_log.ts";
import { PATIENCE } from "./operator_world.ts";
import { freshNamespace } from "./fresh_namespace.ts";
import { openWorld } from "./world.ts";

Deno.test("Controller reconciles what exists, what appears and what changes", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace, config } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labels = { app: "web" };
  const log = new CallLog();
  await configMaps.create({ metadata: { name: "old", namespace, labels } });
  await using client = new Client(config, { fieldManager: "operator" });
  const controller = new Controller(
    client.resource(ConfigMap),
    ({ metadata, data = {} }, { reasons }) => {
      log.add(`${metadata.name} ${data.color} ${[...reasons]}`);
      return Promise.resolve();
    },
    { namespace, labelSelector: "app=web" },
  );
  await using running = start(controller);
  await log.until("old undefined initial");
  await running.ready;

  // These are not selected.
  const elsewhere = { name: "elsewhere", namespace: otherNamespace, labels };
  await configMaps.create({ metadata: elsewhere });
  await configMaps.create({ metadata: { name: "other", namespace } });
  await configMaps.create({
    metadata: { name: "new", namespace, labels },
    data: { color: "blue" },
  });
  await log.until("new blue added");
  const key = { name: "new", namespace };
  await configMaps.patch(key, mergePatch({ data: { color: "red" } }));
  await log.until("new red modified");
  assertEquals(log.calls, [
    "old undefined initial",
    "new blue added",
    "new red modified",
  ]);
});

Deno.test("Controller sees what it wrote at once, and is not woken by it", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  await using client = new Client(world.config, { fieldManager: "operator" });
  const own = client.resource(ConfigMap);
  const log = new CallLog();
  const controller = new Controller(own, async ({ metadata }, { store }) => {
    log.add(metadata.name);
    const data = { seen: `${log.count(metadata.name)}` };
    for (const step of ["1", "2"]) {
      await own.patch(metadata, mergePatch({ data: { ...data, step } }));
      assertEquals(store.get(metadata)?.data, { ...data, step });
    }
  }, { namespace, labelSelector: "app=web" });
  await using _running = start(controller);

  const labels = { app: "web" };
  const app = { name: "app", namespace };
  await configMaps.create({ metadata: { ...app, labels } });
  await waitFor(configMaps, app, {
    condition: (object) => object?.data?.step === "2",
    timeout: PATIENCE,
  });
  // Whatever wakes "app" by now does so before "fence" is reconciled.
  await configMaps.create({ metadata: { name: "fence", namespace, labels } });
  await log.until("fence");
  assertEquals(log.calls, ["app", "fence"]);

  await configMaps.patch(app, mergePatch({ data: { foreign: "yes" } }));
  await log.until("app", 2);
});

Deno.test("F63 F107 Controller is woken by what others change during a reconcile", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  await using client = new Client(world.config, { fieldManager: "operator" });
  const own = client.resource(ConfigMap);
  const log = new CallLog();
  const controller = new Controller(own, async ({ metadata, data = {} }) => {
    log.add(`${metadata.name} ${data.foreign}`);
    if (metadata.name === "fence" || data.foreign !== undefined) return;
    await own.patch(metadata, mergePatch({ data: { own: "1" } }));
    const foreign = mergePatch({ data: { foreign: "yes" } });
    await configMaps.patch(metadata, foreign);
    await own.patch(metadata, mergePatch({ data: { own: "2" } }));
  }, { namespace, labelSelector: "app=web" });
  await using _running = start(controller);

  const labels = { app: "web" };
  await configMaps.create({ metadata: { name: "app", namespace, labels } });
  await log.until("app yes");
  await configMaps.create({ metadata: { name: "fence", namespace, labels } });
  await log.until("fence undefined");
  assertEquals(log.calls, ["app undefined", "app yes", "fence undefined"]);
});

Deno.test("Controller reconciles the owner when others touch a child", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  await using client = new Client(world.config, { fieldManager: "operator" });
  const own = client.resource(ConfigMap);
  const log = new CallLog();
  const controller = new Controller(own, async (owner) => {
    const { name } = owner.metadata;
    log.add(name);
    if (name === "fence") return;
    const ownerReferences = [controllerReference(owner)];
    await ensure(own, {
      metadata: { name: `${name}-child`, namespace, ownerReferences },
      data: { color: "blue" },
    }, { owner });
  }, { namespace, labelSelector: "app=web", owns: [own] });
  await using _running = start(controller);

  const labels = { app: "web" };
  const child = { name: "app-child", namespace };
  await configMaps.create({ metadata: { name: "app", namespace, labels } });
  await log.until("app");
  const untilBlue = (than?: string): Promise<ConfigMap | undefined> =>
    waitFor(configMaps, child, {
      condition: (object) =>
        object?.data?.color === "blue" && object.metadata.uid !== than,
      timeout: PATIENCE,
    });
  const made = await untilBlue();
  await configMaps.create({ metadata: { name: "fence", namespace, labels } });
  await log.until("fence");
  assertEquals(log.calls, ["app", "fence"]);

  await configMaps.patch(child, mergePatch({ data: { color: "red" } }));
  await log.until("app", 2);
  await untilBlue();
  await configMaps.delete(child);
  await log.until("app", 3);
  await untilBlue(made?.metadata.uid);
});

Deno.test("Controller reconciles what a source names, for the old state and the new", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  await using client = new Client(world.config, { fieldManager: "operator" });
  const own = client.resource(ConfigMap);
  const log = new CallLog();
  for (const name of ["a", "b"]) {
    await configMaps.create({ metadata: { name, namespace } });
  }
  const controller = new Controller(
    own,
    ({ metadata }, { reasons }) => {
      for (const reason of reasons) log.add(`${metadata.name} ${reason}`);
      return Promise.resolve();
    },
    {
      namespace,
      sources: [
        watches(own, ({ metadata }) => {
          const name = metadata.labels?.of;
          return name === undefined ? [] : [{ name, namespace }];
        }, { namespace: otherNamespace }),
      ],
    },
  );
  await using _running = start(controller);
  await log.until("a initial");
  await log.until("b initial");

  const key = { name: "pointer", namespace: otherNamespace };
  await configMaps.create({ metadata: { ...key, labels: { of: "a" } } });
  await log.until("a configmaps added");
  await configMaps.patch(
    key,
    mergePatch({ metadata: { labels: { of: "b" } } }),
  );
  await log.until("a configmaps modified");
  await log.until("b configmaps modified");
  await configMaps.delete(key);
  await log.until("b configmaps deleted");
});

Deno.test("Controller waits for its kind when that is not served yet", async () => {
  await using world = await openWorld();
  const { namespace, client: tester } = world;
  // A kind of its own: others may run this test at the same time.
  const Late = defineKind({
    group: `${namespace}.example.org`,
    version: "v1",
    kind: "Late",
    plural: "lates",
    scope: "Namespaced",
    spec: z.object({}),
  });
  const log = new CallLog();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      if (response.status === 404) log.add("not found");
      return response;
    },
  });
  const controller = new Controller(client.resource(Late), ({ metadata }) => {
    log.add(metadata.name);
    return Promise.resolve();
  });
  await using running = start(controller);
  await log.until("not found");
  assertEquals(controller.ready(), false);

  const definitions = tester.resource(CustomResourceDefinition);
  const { manifest } = Late;
  await using stack = new AsyncDisposableStack();
  stack.defer(async () => void await definitions.delete(manifest.metadata));
  await definitions.apply(manifest);
  await running.ready;
  await tester.resource(Late).create({
    metadata: { name: "app", namespace },
    spec: {},
  });
  await log.until("app");
});

Deno.test("Controller reconciles each of many objects", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const namespace = await freshNamespace(world.client);
  const names = Array.from({ length: 200 }, (_, index) => `app-${index}`);
  const labels = { app: "web" };
  const create = (some: readonly string[]): Promise<unknown> =>
    Promise.all(some.map((name) => {
      return configMaps.create({ metadata: { name, namespace, labels } });
    }));
  await create(names.slice(0, 100));

  await using client = new Client(world.config, { fieldManager: "operator" });
  const own = client.resource(ConfigMap);
  const log = new CallLog();
  const controller = new Controller(own, async ({ metadata }) => {
    const { name } = metadata;
    await own.apply({ metadata: { name, namespace }, data: { name } });
    log.add(name);
  }, { namespace, labelSelector: "app=web", concurrency: 8 });
  await using _running = start(controller);
  await create(names.slice(100));
  await Promise.all(names.map((name) => log.until(name)));

  const done: string[] = [];
  for await (const { metadata, data } of configMaps.list({ namespace })) {
    if (data?.name === metadata.name) done.push(metadata.name);
  }
  assertEquals(done.sort(), [...names].sort());
  assertEquals(log.calls.length, names.length);
  assert(controller.ready());
});
