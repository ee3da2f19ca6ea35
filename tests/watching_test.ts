import { ConfigMap, Namespace } from "@koprs/koprs/builtin";
import {
  ApiError,
  Client,
  defineKind,
  isNotFound,
  mergePatch,
  reflect,
  setLabels,
  TimeoutError,
  waitFor,
  type WatchEvent,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as z from "zod";
import { PATIENCE } from "./operator_world.ts";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

Deno.test("ResourceClient.watch() tells what happened after a version", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace };
  await configMaps.create({ metadata: { name: "before", namespace } });
  const { value: page } = await configMaps.pages({ namespace }).next();
  await configMaps.create({ metadata: key });
  await configMaps.patch(key, mergePatch({ data: { color: "blue" } }));
  await configMaps.delete(key);

  const options = {
    namespace,
    resourceVersion: page?.resourceVersion,
    allowBookmarks: false,
    fieldSelector: "metadata.name!=kube-root-ca.crt",
  };
  const told: string[] = [];
  for await (const event of configMaps.watch(options)) {
    told.push(tell(event));
    if (event.type === "DELETED") break;
  }
  assertEquals(told, [
    "ADDED app {}",
    'MODIFIED app {"color":"blue"}',
    'DELETED app {"color":"blue"}',
  ]);
});

Deno.test("ResourceClient.watch() can start with the objects that exist", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  for (const name of ["a", "b"]) {
    await configMaps.create({ metadata: { name, namespace } });
  }
  const told: string[] = [];
  const fieldSelector = "metadata.name!=kube-root-ca.crt";
  const options = { namespace, fieldSelector, sendInitialEvents: true };
  for await (const event of configMaps.watch(options)) {
    if (event.type === "BOOKMARK") {
      assert(event.initialEventsEnd);
      assert(Number(event.resourceVersion) > 0);
      break;
    }
    told.push(tell(event));
  }
  assertEquals(told.sort(), ["ADDED a {}", "ADDED b {}"]);
});

Deno.test("ResourceClient.watch() ends when the API server does", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const options = { namespace, timeoutSeconds: 1, allowBookmarks: false };
  for await (const { type } of configMaps.watch(options)) {
    assertEquals(type, "ADDED");
  }
});

Deno.test("ResourceClient.watch() throws when the kind is not served", async () => {
  await using world = await openWorld();
  const Unserved = defineKind({
    group: "unserved.example.org",
    version: "v1",
    kind: "Unserved",
    plural: "unserveds",
    scope: "Cluster",
    spec: z.object({}),
  });
  const resource = world.client.resource(Unserved);
  const error = await assertRejects(() => resource.watch().next(), ApiError);
  assert(isNotFound(error));
});

Deno.test("reflect() tells what exists, then each change", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labelSelector = "app=web";
  const labels = { app: "web" };
  const key = { name: "new", namespace };
  await configMaps.create({ metadata: { name: "a", namespace, labels } });
  await configMaps.create({ metadata: { name: "other", namespace } });

  const steps = [
    () => configMaps.create({ metadata: { ...key, labels } }),
    () => configMaps.patch(key, mergePatch({ data: { color: "blue" } })),
    // An object that is selected no more is gone, for who selects.
    () => setLabels(configMaps, key, { app: "worker" }),
    () => setLabels(configMaps, key, { app: "web" }),
    () => configMaps.delete(key),
  ];
  const told: string[] = [];
  for await (
    const change of reflect(configMaps, { namespace, labelSelector })
  ) {
    assertEquals(change.relisted, false);
    if (change.type === "synced") {
      told.push("synced");
    } else {
      const { name } = change.object.metadata;
      told.push(`${change.type} ${name}`);
      if (name === "a") continue;
    }
    const step = steps.shift();
    if (step === undefined) break;
    await step();
  }
  assertEquals(told, [
    "added a",
    "synced",
    "added new",
    "modified new",
    "deleted new",
    "added new",
    "deleted new",
  ]);
});

Deno.test("reflect() goes on when the connection is lost", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  const configMaps = world.client.resource(ConfigMap);
  const options = { namespace, labelSelector: "app=web" };
  const labels = { app: "web" };
  await configMaps.create({ metadata: { name: "gone", namespace, labels } });
  const told: string[] = [];
  for await (const change of reflect(client.resource(ConfigMap), options)) {
    if (change.type !== "synced") {
      told.push(`${change.type} ${change.object.metadata.name}`);
      if (change.object.metadata.name === "last") break;
      continue;
    }
    wire.loseConnections();
    // Nobody hears of these until there is a connection again.
    await configMaps.create({ metadata: { name: "new", namespace, labels } });
    await configMaps.delete({ name: "gone", namespace });
    await configMaps.create({ metadata: { name: "last", namespace, labels } });
  }
  assertEquals(told, ["added gone", "added new", "deleted gone", "added last"]);
});

Deno.test("reflect() follows a kind without namespaces", async () => {
  await using world = await openWorld();
  const namespaces = world.client.resource(Namespace);
  const name = world.namespace;
  const labelSelector = `kubernetes.io/metadata.name=${name}`;
  const told: string[] = [];
  for await (const change of reflect(namespaces, { labelSelector })) {
    told.push(change.type);
    if (change.type === "modified") break;
    if (change.type === "synced") {
      await setLabels(namespaces, { name }, { team: "a" });
    }
  }
  assertEquals(told, ["added", "synced", "modified"]);
});

Deno.test("reflect() ends by its signal", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const stop = new AbortController();
  const { signal } = stop;
  for await (const { type } of reflect(configMaps, { namespace, signal })) {
    if (type === "synced") stop.abort();
  }
  assert(signal.aborted);
});

Deno.test("waitFor() waits until an object is as awaited, and until it is gone", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const blue = waitFor(configMaps, key, {
    condition: (object) => object?.data?.color === "blue",
    timeout: PATIENCE,
  });
  await configMaps.create({ metadata: key, data: { color: "red" } });
  await configMaps.patch(key, mergePatch({ data: { color: "blue" } }));
  assertEquals((await blue)?.data, { color: "blue" });

  const gone = waitFor(configMaps, key, {
    condition: (object) => object === undefined,
    timeout: PATIENCE,
  });
  await configMaps.delete(key);
  assertEquals(await gone, undefined);
});

Deno.test("waitFor() says what it waited for in vain", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const { namespace } = world;
  await assertRejects(
    () =>
      waitFor(configMaps, { name: "app", namespace }, {
        condition: (object) => object !== undefined,
        timeout: 100,
      }),
    TimeoutError,
    `Cannot wait for ConfigMap "${namespace}/app": ` +
      "the condition was not met within 100 ms",
  );
});

Deno.test("waitFor() outlives a lost connection", async () => {
  await using world = await openWorld();
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  const key = { name: "app", namespace: world.namespace };
  const { promise: absent, resolve: isAbsent } = Promise.withResolvers<void>();
  const found = waitFor(client.resource(ConfigMap), key, {
    condition: (object) => {
      isAbsent();
      return object !== undefined;
    },
    timeout: PATIENCE,
  });
  await absent;
  wire.loseConnections();
  await world.client.resource(ConfigMap).create({ metadata: key });
  assertEquals((await found)?.metadata.name, "app");
});

function tell(event: WatchEvent<ConfigMap>): string {
  if (event.type === "BOOKMARK" || event.type === "ERROR") return event.type;
  const { metadata, data = {} } = event.object;
  return `${event.type} ${metadata.name} ${JSON.stringify(data)}`;
}
