import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Client,
  Informer,
  listKeys,
  mergePatch,
  ownerReference,
  start,
} from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import { openWorld } from "./world.ts";

Deno.test("ResourceClient.metadata reads metadata alone, as that of the kind", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace };
  const { metadata } = await configMaps.create({
    metadata: { ...key, labels: { app: "web" } },
    data: { color: "blue" },
  });
  const found = await configMaps.metadata.get(key);
  assertEquals(found, { apiVersion: "v1", kind: "ConfigMap", metadata });
  assertEquals(found && ownerReference(found).kind, "ConfigMap");
  assertEquals(
    await configMaps.metadata.get({ name: "none", namespace }),
    undefined,
  );
  const labelSelector = "app=web";
  for await (
    const listed of configMaps.metadata.list({ namespace, labelSelector })
  ) {
    assertEquals(Object.keys(listed), ["apiVersion", "kind", "metadata"]);
    assertEquals(listed.metadata.uid, metadata.uid);
  }
});

Deno.test("ResourceClient.metadata feeds informers, which hear of own writes and never pass for whole", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const informer = new Informer(configMaps.metadata, { namespace });
  await using running = start(informer);
  await running.ready;

  const key = { name: "app", namespace };
  await configMaps.create({ metadata: key, data: { color: "blue" } });
  const own = informer.store.get(key);
  assertEquals(own?.kind, "ConfigMap");
  assertEquals(own && "data" in own, false);

  const changed = Promise.withResolvers<void>();
  informer.subscribe(({ type }) => {
    if (type === "modified") changed.resolve();
  });
  await using other = new Client(world.config, { fieldManager: "other" });
  await other.resource(ConfigMap).patch(
    key,
    mergePatch({ metadata: { labels: { app: "web" } }, data: { a: "1" } }),
  );
  await changed.promise;
  const seen = informer.store.get(key);
  assertEquals(seen?.metadata.labels, { app: "web" });
  assert(seen !== undefined && !("data" in seen));
  assertEquals(configMaps.cached(key), undefined);
  assertEquals(configMaps.cache({ namespace }), undefined);
});

Deno.test("listKeys() keeps namespaces and selects by labels and fields", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labels = { journey: namespace };
  const keys = [namespace, otherNamespace].sort().map((namespace) => ({
    name: "app",
    namespace,
  }));
  for (const key of keys) {
    await configMaps.create({ metadata: { ...key, labels } });
  }
  const labelSelector = `journey=${namespace}`;
  assertEquals(await listKeys(configMaps, { labelSelector }), keys);
  assertEquals(await listKeys(configMaps, { labelSelector, namespace }), [
    { name: "app", namespace },
  ]);
  const fieldSelector = "metadata.name=other";
  assertEquals(await listKeys(configMaps, { namespace, fieldSelector }), []);
});
