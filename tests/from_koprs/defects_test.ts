import { ConfigMap } from "@koprs/koprs/builtin";
import {
  addFinalizer,
  Client,
  ensure,
  garbageCollect,
  isApplyConflict,
  listKeys,
  mergePatch,
  ownerFromAnnotation,
  ownerMark,
  removeFinalizer,
  Store,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertExists, assertRejects } from "@std/assert";
import { openWorld, type World } from "../world.ts";

const prefix = "from-koprs.example.org";

Deno.test("20.1 garbageCollect() of one owner leaves the children of another, and follows its own into the old namespace", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const [first, second] = await owners(world, ["first", "second"]);
  const child = (owner: ConfigMap, name: string, namespace: string) =>
    configMaps.create({
      metadata: { name, namespace, ...ownerMark(owner, { prefix }) },
    });
  await child(first, "child-first", namespace);
  await child(first, "child-first", otherNamespace);
  await child(second, "child-second", otherNamespace);

  const { kept, deleted } = await garbageCollect(configMaps, {
    owner: first,
    prefix,
    keep: ({ metadata }) => metadata.namespace === otherNamespace,
  });
  const name = "child-first";
  assertEquals(kept, [{ name, namespace: otherNamespace }]);
  assertEquals(deleted, [{ name, namespace }]);
  assertEquals(await listKeys(configMaps, { namespace: otherNamespace }), [
    { name, namespace: otherNamespace },
    { name: "child-second", namespace: otherNamespace },
  ]);
});

Deno.test("20.1b garbageCollect() deletes where it looked, not what has the same name elsewhere", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labels = { journey: namespace };
  const orphan = { name: "orphan", namespace: otherNamespace };
  await configMaps.create({ metadata: { ...orphan, labels } });
  await configMaps.create({ metadata: { ...orphan, namespace } });
  const { deleted } = await garbageCollect(configMaps, {
    labelSelector: `journey=${namespace}`,
    keep: () => false,
  });
  assertEquals(deleted, [orphan]);
  assertEquals(await configMaps.exists({ ...orphan, namespace }), true);
});

Deno.test("20.1c garbageCollect() keeps finalizers of others, and refuses to mean everything", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "orphan", namespace };
  const labels = { journey: namespace };
  const finalizers = ["example.org/foreign"];
  await configMaps.create({ metadata: { ...key, labels, finalizers } });
  const labelSelector = `journey=${namespace}`;
  const collect = () =>
    garbageCollect(configMaps, { labelSelector, keep: () => false });
  assertEquals((await collect()).deleted, [key]);
  assertEquals((await collect()).terminating, [key]);
  const held = await configMaps.get(key);
  assertExists(held?.metadata.deletionTimestamp);
  assertEquals(held.metadata.finalizers, finalizers);
  await removeFinalizer(configMaps, held, { finalizer: "example.org/foreign" });

  await assertRejects(
    () => garbageCollect(configMaps, { labelSelector: "", keep: () => false }),
    TypeError,
  );
});

Deno.test("20.4 a child in another namespace leads to its owner, however long the name", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const name = Array(5).fill("a".repeat(50)).join(".").slice(0, 253);
  const [owner] = await owners(world, [name, "other"]);
  const child = await configMaps.create({
    metadata: {
      name: "child",
      namespace: otherNamespace,
      ...ownerMark(owner, { prefix }),
    },
  });
  const mapper = ownerFromAnnotation(`${prefix}/owner`);
  assertEquals([...mapper(child, new Store())], [{ name, namespace }]);
});

Deno.test("20.5 finalizers that others add or remove meanwhile are neither lost nor brought back", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const [gone, added, own] = ["gone", "added", "own"].map((name) =>
    `example.org/${name}`
  ) as [string, string, string];
  const read = await configMaps.create({
    metadata: { ...key, finalizers: [gone] },
  });
  const replaced = { metadata: { finalizers: [added] } };
  await configMaps.patch(key, mergePatch(replaced));

  const kept = await addFinalizer(configMaps, read, { finalizer: own });
  assertEquals(kept.metadata.finalizers?.toSorted(), [added, own]);
  await removeFinalizer(configMaps, kept, { finalizer: own });
  const left = await configMaps.get(key);
  assertEquals(left?.metadata.finalizers, [added]);
  await removeFinalizer(configMaps, kept, { finalizer: own });
  await removeFinalizer(configMaps, kept, { finalizer: added });
});

Deno.test("20.9 a field of somebody else is not taken without being told, nor is a typo dropped silently", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  await using other = new Client(world.config, { fieldManager: "other" });
  await other.resource(ConfigMap).apply({
    metadata: key,
    data: { color: "red" },
  });
  const wanted = { metadata: key, data: { color: "blue" } };
  assert(
    isApplyConflict(await assertRejects(() => configMaps.apply(wanted))),
  );
  assertEquals((await configMaps.get(key))?.data, { color: "red" });

  const typo = { ...wanted, date: {} };
  await assertRejects(() =>
    configMaps.apply(typo, { force: true, fieldValidation: "Strict" })
  );
  await configMaps.patch(key, mergePatch({ metadata: { labels: { a: "b" } } }));
  const patched = await configMaps.get(key);
  assert(JSON.stringify(patched).includes('"manager":"tester"'));
});

Deno.test("20.10 a missing name or namespace is refused before anything is sent", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const keys = [
    { name: "", namespace: world.namespace },
    { name: "app", namespace: "" },
    { name: "app" },
  ];
  for (const key of keys) {
    const wrong = key as { name: string; namespace: string };
    await assertRejects(() => configMaps.delete(wrong), TypeError);
    await assertRejects(() => configMaps.get(wrong), TypeError);
    await assertRejects(() => configMaps.apply({ metadata: wrong }), TypeError);
  }
});

Deno.test("20.11 ensure() calls unchanged what is, whatever others write meanwhile, and applies what was read", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const wanted = { metadata: key, data: { color: "blue" } };
  await ensure(configMaps, wanted);
  await using other = new Client(world.config, { fieldManager: "other" });
  await other.resource(ConfigMap).patch(key, mergePatch({ data: { a: "1" } }));
  const { outcome, object } = await ensure(configMaps, wanted);
  assertEquals(outcome, "unchanged");
  assertEquals(object.data, { a: "1", color: "blue" });
  const changed = { ...object, data: { ...object.data, color: "green" } };
  assertEquals((await configMaps.update(changed)).data?.color, "green");
});

/** Makes ConfigMaps that own others. */
async function owners(
  { client, namespace }: World,
  names: readonly [string, string],
): Promise<[ConfigMap, ConfigMap]> {
  const configMaps = client.resource(ConfigMap);
  const [a, b] = names;
  return [
    await configMaps.create({ metadata: { name: a, namespace } }),
    await configMaps.create({ metadata: { name: b, namespace } }),
  ];
}
