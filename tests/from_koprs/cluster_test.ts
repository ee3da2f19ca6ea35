import { ClusterRole, ConfigMap } from "@koprs/koprs/builtin";
import {
  addFinalizer,
  ApiError,
  ensureNamespace,
  garbageCollect,
  type KubeObject,
  listKeys,
  removeFinalizer,
  type Scope,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openWorld, type World } from "../world.ts";

Deno.test("I ensureNamespace() twice is one namespace", async () => {
  await using world = await openWorld();
  const { client, namespace: name } = world;
  const first = await ensureNamespace(client, `${name}-a`);
  const second = await ensureNamespace(client, `${name}-a`);
  assertEquals(second.metadata, first.metadata);
});

Deno.test("I apply() twice changes nothing, delete() twice finds nothing, in both scopes", async () => {
  await using world = await openWorld();
  for (const { resource, key, metadata } of both(world)) {
    const first = await resource.apply({ metadata });
    const second = await resource.apply({ metadata });
    assertEquals(second, first);
    assertEquals(await resource.delete(key), true);
    assertEquals(await resource.delete(key), false);
  }
});

Deno.test("I list() contains what was applied, and by label exactly that", async () => {
  await using world = await openWorld();
  for (const { resource, key, metadata, labelSelector } of both(world)) {
    const other = { ...metadata, name: `${key.name}-other` };
    await resource.apply({ metadata });
    await resource.apply({ metadata: { ...other, labels: { other: "yes" } } });
    assertEquals(await listKeys(resource, { labelSelector }), [key]);
    const names = (await listKeys(resource)).map(({ name }) => name);
    assert(names.includes(key.name) && names.includes(other.name));
    await resource.delete(key);
    await resource.delete({ ...key, name: other.name });
  }
});

Deno.test("I applyStatus() of a kind without a status is refused as an API error", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.apply({ metadata });
  const wanted = { metadata, status: {} } as never; // it does not compile
  const error = await assertRejects(
    () => configMaps.applyStatus(wanted),
    ApiError,
  );
  assert([404, 405, 422].includes(error.code), `${error.code}`);
});

Deno.test("I addFinalizer(), then removeFinalizer(), in both scopes", async () => {
  await using world = await openWorld();
  for (const { resource, key, metadata } of both(world)) {
    const object = await resource.apply({ metadata });
    const finalizer = "from-koprs.example.org/cleanup";
    const kept = await addFinalizer(resource, object, { finalizer });
    assertEquals(kept.metadata.finalizers, [finalizer]);
    await removeFinalizer(resource, kept, { finalizer });
    assertEquals((await resource.get(key))?.metadata.finalizers, undefined);
    await resource.delete(key);
  }
});

Deno.test("I garbageCollect() deletes the orphan, keeps the keeper, then has nothing to do, in both scopes", async () => {
  await using world = await openWorld();
  for (const { resource, key, metadata, labelSelector } of both(world)) {
    const orphan = { ...key, name: `${key.name}-orphan` };
    await resource.apply({ metadata });
    await resource.apply({ metadata: { ...metadata, ...orphan } });
    const collect = () =>
      garbageCollect(resource, {
        labelSelector,
        keep: ({ metadata }) => metadata.name === key.name,
      });
    assertEquals((await collect()).deleted, [orphan]);
    assertEquals(await listKeys(resource, { labelSelector }), [key]);
    const { kept, deleted } = await collect();
    assertEquals([kept, deleted], [[key], []]);
    await resource.delete(key);
  }
});

/** A kind of each scope, and an object that only this test has. */
function both({ client, namespace }: World) {
  const labels = { journey: namespace };
  const labelSelector = `journey=${namespace}`;
  return [ConfigMap, ClusterRole].map((kind) => {
    const key = kind.scope === "Namespaced"
      ? { name: "app", namespace }
      : { name: namespace };
    return {
      resource: client.resource<KubeObject, Scope>(kind),
      key,
      metadata: { ...key, labels },
      labelSelector,
    };
  });
}
