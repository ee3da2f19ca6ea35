import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Client,
  Informer,
  mergePatch,
  setLabels,
  shareInformer,
  start,
} from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import { CallLog } from "./call_log.ts";
import { heard } from "./heard.ts";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

Deno.test("Informer holds what exists, and follows it", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  await configMaps.create({ metadata: { name: "a", namespace } });
  await configMaps.create({ metadata: { name: "b", namespace } });
  await using other = new Client(world.config, { fieldManager: "operator" });
  const informer = new Informer(other.resource(ConfigMap), {
    namespace,
    fieldSelector: "metadata.name!=kube-root-ca.crt",
  });
  assertEquals(informer.ready(), false);
  await using running = start(informer);
  await running.ready;

  const { store } = informer;
  assertEquals(store.keys(), [
    { name: "a", namespace },
    { name: "b", namespace },
  ]);
  assertEquals(store.list({ namespace: world.otherNamespace }), []);
  const added = heard(informer, "added c");
  await configMaps.create({ metadata: { name: "c", namespace } });
  await added;
  const deleted = heard(informer, "deleted a");
  await configMaps.delete({ name: "a", namespace });
  await deleted;
  const names = store.list().map(({ metadata }) => metadata.name);
  assertEquals(names, ["b", "c"]);
});

Deno.test("F62 Informer lets go of an object whose labels no longer fit", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace };
  await configMaps.create({ metadata: { ...key, labels: { app: "web" } } });
  await using other = new Client(world.config, { fieldManager: "operator" });
  const resource = other.resource(ConfigMap);
  const informer = new Informer(resource, {
    namespace,
    labelSelector: "app=web",
  });
  await using running = start(informer);
  await running.ready;
  assert(informer.store.get(key));

  const deleted = heard(informer, "deleted app");
  await setLabels(configMaps, key, { app: "worker" });
  await deleted;
  assertEquals(informer.store.size, 0);
  const added = heard(informer, "added app");
  await setLabels(configMaps, key, { app: "web" });
  await added;
  assertEquals(informer.store.byLabel("app", "web").length, 1);
});

Deno.test("Informer finds objects by label and by index", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const informer = new Informer(configMaps, {
    namespace,
    indexes: { color: ({ data }) => data?.color ? [data.color] : [] },
  });
  await using running = start(informer);
  await running.ready;
  const labels = { app: "web" };
  const data = { color: "blue" };
  await configMaps.create({ metadata: { name: "a", namespace, labels }, data });
  await configMaps.create({ metadata: { name: "b", namespace, labels } });

  const names = (objects: readonly ConfigMap[]): string[] =>
    objects.map(({ metadata }) => metadata.name).sort();
  const { store } = informer;
  assertEquals(names(store.byLabel("app", "web")), ["a", "b"]);
  assertEquals(names(store.byIndex("color", "blue")), ["a"]);
  const key = { name: "a", namespace };
  await configMaps.patch(key, mergePatch({ data: { color: "red" } }));
  assertEquals(names(store.byIndex("color", "blue")), []);
  assertEquals(names(store.byIndex("color", "red")), ["a"]);
});

Deno.test("F78 Informer shows what its client wrote at once", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const informer = new Informer(configMaps, { namespace });
  await using running = start(informer);
  await running.ready;
  const key = { name: "app", namespace };
  const shown = () => informer.store.get(key);

  const created = await configMaps.create({ metadata: key });
  assertEquals(shown(), created);
  const applied = await configMaps.apply({ metadata: key, data: { a: "1" } });
  assertEquals(shown(), applied);
  const patched = await configMaps.patch(key, mergePatch({ data: { a: "2" } }));
  assertEquals(shown(), patched);
  const updated = await configMaps.update({ ...patched, data: { a: "3" } });
  assertEquals(shown()?.data, { a: "3" });
  assertEquals(configMaps.cached(key), updated);
  await configMaps.delete(key);
  assertEquals(shown(), undefined);
});

Deno.test("Informer never shows an older state than what its client wrote", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const informer = new Informer(configMaps, { namespace });
  await using running = start(informer);
  await running.ready;
  const key = { name: "app", namespace };
  const log = new CallLog();
  const unsubscribe = informer.subscribe(({ object }) => {
    if (object.data?.count !== undefined) log.add(object.data.count);
  });
  const counts = Array.from({ length: 30 }, (_, count) => `${count}`);
  await configMaps.create({ metadata: key });
  for (const count of counts) {
    const data = { count };
    await configMaps.patch(key, mergePatch({ data }));
    assertEquals(informer.store.get(key)?.data, data);
  }
  await log.until("29");
  unsubscribe();
  assertEquals(log.calls, counts);
});

Deno.test("F08 Informer outlives a lost connection", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  const configMaps = world.client.resource(ConfigMap);
  await configMaps.create({ metadata: { name: "gone", namespace } });
  const informer = new Informer(client.resource(ConfigMap), { namespace });
  await using running = start(informer);
  await running.ready;

  const added = heard(informer, "added new");
  wire.loseConnections();
  await configMaps.delete({ name: "gone", namespace });
  await configMaps.create({ metadata: { name: "new", namespace } });
  await added;
  assertEquals(informer.store.get({ name: "gone", namespace }), undefined);
  assertEquals(informer.ready(), true);
});

Deno.test("F64 shareInformer() uses one connection for all who watch the same", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  {
    await using first = shareInformer(client.resource(ConfigMap), {
      namespace,
    });
    await first.informer.synced;
    const sent = wire.requests.length;
    await using second = shareInformer(client.resource(ConfigMap), {
      namespace,
    });
    assertEquals(second.informer, first.informer);
    await second.informer.synced;
    assertEquals(wire.requests.length, sent);
  }
  await using third = shareInformer(client.resource(ConfigMap), { namespace });
  const sent = wire.requests.length;
  await third.informer.synced;
  assert(wire.requests.length >= sent);
});
