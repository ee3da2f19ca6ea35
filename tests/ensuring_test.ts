import { ConfigMap, Namespace } from "@koprs/koprs/builtin";
import {
  Client,
  controllerReference,
  ensure,
  ensureNamespace,
  Informer,
  isApplyConflict,
  mergePatch,
  NameTakenError,
  ownerMark,
  setAnnotations,
  setLabels,
  start,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { RecordedFetch } from "./recorded_fetch.ts";
import { freshNamespace } from "./fresh_namespace.ts";
import { openWorld } from "./world.ts";

Deno.test("ensure() creates, updates, and leaves alone", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const blue = { metadata, data: { color: "blue" } };
  const green = { metadata, data: { color: "green" } };

  const created = await ensure(configMaps, blue);
  assertEquals(created.outcome, "created");
  const unchanged = await ensure(configMaps, blue);
  assertEquals(unchanged.outcome, "unchanged");
  assertEquals(unchanged.object, created.object);
  const updated = await ensure(configMaps, green);
  assertEquals(updated.outcome, "updated");
  assertEquals(updated.object, await configMaps.get(metadata));
  assertEquals(updated.object.data, { color: "green" });
});

Deno.test("ensure() leaves fields of others alone, and names them when it wants them", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  const wanted = { metadata, data: { color: "blue" } };
  await ensure(configMaps, wanted);
  const key = { name: "app", namespace: world.namespace };
  const edit = mergePatch({ data: { color: "red", size: "1" } });
  await configMaps.patch(key, edit, { fieldManager: "person" });

  const error = await assertRejects(() => ensure(configMaps, wanted));
  assert(isApplyConflict(error));
  const { outcome, object } = await ensure(configMaps, wanted, { force: true });
  assertEquals(outcome, "updated");
  assertEquals(object.data, { color: "blue", size: "1" });
});

Deno.test("ensure() takes back what others changed in the child of an owner", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const owner = await configMaps.create({
    metadata: { name: "owner", namespace },
  });
  const ownerReferences = [controllerReference(owner)];
  const metadata = { name: "child", namespace, ownerReferences };
  const wanted = { metadata, data: { color: "blue" } };
  const created = await ensure(configMaps, wanted, { owner });
  assertEquals(created.outcome, "created");

  const edit = mergePatch({ data: { color: "red" } });
  await configMaps.patch(metadata, edit, { fieldManager: "person" });
  const updated = await ensure(configMaps, wanted, { owner });
  assertEquals(updated.outcome, "updated");
  assertEquals(updated.object.data, { color: "blue" });
  const unchanged = await ensure(configMaps, wanted, { owner });
  assertEquals(unchanged.outcome, "unchanged");
});

Deno.test("ensure() does not take an object that is not the owner's child", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const prefix = "example.org";
  const [owner, rival] = await Promise.all(
    ["owner", "rival"].map((name) =>
      configMaps.create({ metadata: { name, namespace } })
    ),
  );
  assert(owner !== undefined && rival !== undefined);
  const key = { name: "child", namespace: otherNamespace };
  const metadata = { ...key, ...ownerMark(owner, { prefix }) };
  await configMaps.create({ metadata: key, data: { color: "red" } });

  const wanted = { metadata, data: { color: "blue" } };
  const error = await assertRejects(
    () => ensure(configMaps, wanted, { owner, prefix }),
    NameTakenError,
    `Cannot use ConfigMap "${otherNamespace}/child"`,
  );
  assertEquals(error.key, key);
  assertEquals((await configMaps.get(key))?.data, { color: "red" });

  await configMaps.delete(key);
  const made = await ensure(configMaps, wanted, { owner, prefix });
  assertEquals(made.outcome, "created");
  const theirs = { ...key, ...ownerMark(rival, { prefix }) };
  await assertRejects(
    () => ensure(configMaps, { metadata: theirs }, { owner: rival, prefix }),
    NameTakenError,
  );
});

Deno.test("ensure() lets one of two owners have the name that both want", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const prefix = "example.org";
  const outcomes = await Promise.allSettled(["a", "b"].map(async (name) => {
    const metadata = { name, namespace };
    const owner = await configMaps.create({ metadata });
    const key = { name: "child", namespace: otherNamespace };
    const mark = ownerMark(owner, { prefix });
    const child = { metadata: { ...key, ...mark } };
    return await ensure(configMaps, child, { owner, prefix });
  }));
  const statuses = outcomes.map(({ status }) => status);
  assertEquals(statuses.sort(), ["fulfilled", "rejected"]);
});

Deno.test("ensure() sends nothing when an informer shows that nothing is to do", async () => {
  await using world = await openWorld();
  const { namespace, config } = world;
  const wire = new RecordedFetch();
  const { fetch } = wire;
  await using client = new Client(config, { fieldManager: "operator", fetch });
  const configMaps = client.resource(ConfigMap);
  await using running = start(new Informer(configMaps, { namespace }));
  await running.ready;

  const metadata = { name: "app", namespace, labels: { app: "web" } };
  const wanted = { metadata, data: { color: "blue" } };
  const before = wire.requests.length;
  const created = await ensure(configMaps, wanted);
  assertEquals(created.outcome, "created");
  // The informer also knows that there was none: no read.
  assertEquals(wire.requests.length, before + 1);

  const unchanged = await ensure(configMaps, wanted);
  assertEquals(unchanged.outcome, "unchanged");
  assertEquals(wire.requests.length, before + 1);
  const { resourceVersion } = created.object.metadata;
  const live = await world.client.resource(ConfigMap).get(metadata);
  assertEquals(live?.metadata.resourceVersion, resourceVersion);

  const less = { metadata: { name: "app", namespace }, data: wanted.data };
  const updated = await ensure(configMaps, less);
  assertEquals(updated.outcome, "updated");
  assertEquals(updated.object.metadata.labels, undefined);
  assertEquals(wire.requests.length, before + 2);
});

Deno.test("ensureNamespace() makes a namespace, and adds labels to one that exists", async () => {
  await using world = await openWorld();
  const name = `${world.namespace}-made`;
  const made = await ensureNamespace(world.client, name);
  const again = await ensureNamespace(world.client, name);
  assertEquals(again, made);
  const labels = { team: "a" };
  const labelled = await ensureNamespace(world.client, name, { labels });
  assertEquals(labelled.metadata.uid, made.metadata.uid);
  assertEquals(labelled.metadata.labels?.team, "a");
  const same = await ensureNamespace(world.client, name, { labels });
  const { resourceVersion } = labelled.metadata;
  assertEquals(same.metadata.resourceVersion, resourceVersion);
});

Deno.test("F76 ensureNamespace() refuses a namespace that is being deleted", async () => {
  await using world = await openWorld();
  const name = await freshNamespace(world.client);
  const configMaps = world.client.resource(ConfigMap);
  const namespaces = world.client.resource(Namespace);
  // Keeps the namespace, even where a controller empties it.
  const finalizers = ["example.org/hold"];
  const held = { name: "held", namespace: name };
  await configMaps.create({ metadata: { ...held, finalizers } });
  await namespaces.delete({ name });

  await assertRejects(
    () => ensureNamespace(world.client, name),
    Error,
    `Cannot ensure Namespace "${name}": it is being deleted`,
  );
  const lift = mergePatch({ metadata: { finalizers: null } });
  await configMaps.patch(held, lift);
});

Deno.test("setLabels() and setAnnotations() set, remove, and leave the rest", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const labels = { app: "web", old: "1" };
  const annotations = { "example.org/note": "a", "example.org/old": "b" };
  await configMaps.create({ metadata: { ...key, labels, annotations } });

  await setLabels(configMaps, key, { tier: "front", old: null });
  await setAnnotations(configMaps, key, { "example.org/old": null });
  const changed = await configMaps.get(key);
  assertEquals(changed?.metadata.labels, { app: "web", tier: "front" });
  assertEquals(changed?.metadata.annotations, { "example.org/note": "a" });
  await setLabels(configMaps, key, {});
  assertEquals(await configMaps.get(key), changed);
});
