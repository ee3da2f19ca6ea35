import { ConfigMap } from "@koprs/koprs/builtin";
import {
  type DeleteOptions,
  isConflict,
  listKeys,
  mergePatch,
  reflect,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openWorld } from "./world.ts";

type Policy = NonNullable<DeleteOptions["propagationPolicy"]>;

Deno.test("ResourceClient.delete() says whether there was an object", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.create({ metadata });
  assertEquals(await configMaps.delete(metadata), true);
  assertEquals(await configMaps.delete(metadata), false);
});

Deno.test("ResourceClient.delete() spares an object with another uid or version", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const first = await configMaps.create({ metadata: key });
  await configMaps.delete(key);
  const second = await configMaps.create({ metadata: key });
  const third = await configMaps.patch(key, mergePatch({ data: { a: "1" } }));

  const { uid } = third.metadata;
  const { resourceVersion } = second.metadata;
  const cases = [
    { uid: first.metadata.uid },
    { resourceVersion },
    { uid, resourceVersion },
  ];
  for (const preconditions of cases) {
    const error = await assertRejects(() =>
      configMaps.delete(key, preconditions)
    );
    assert(isConflict(error));
  }
  assertEquals(await configMaps.get(key), third);
  assertEquals(await configMaps.delete(key, third.metadata), true);
  assertEquals(await configMaps.exists(key), false);
});

Deno.test("ResourceClient.delete() only checks when it runs dry", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = { name: "app", namespace: world.namespace };
  await configMaps.create({ metadata });
  assertEquals(await configMaps.delete(metadata, { dryRun: true }), true);
  assertEquals(await configMaps.exists(metadata), true);
});

Deno.test("ResourceClient.delete() waits for finalizers", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const finalizers = ["example.org/hold"];
  await configMaps.create({ metadata: { ...key, finalizers } });

  assertEquals(await configMaps.delete(key), true);
  const dying = await configMaps.get(key);
  assert(Date.parse(dying?.metadata.deletionTimestamp ?? "") > 0);
  await configMaps.patch(key, mergePatch({ metadata: { finalizers: null } }));
  assertEquals(await configMaps.exists(key), false);
});

Deno.test("ResourceClient.delete() passes on what happens to dependents", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const hold = "example.org/hold";
  const cases: readonly (readonly [Policy, string[]])[] = [
    ["Foreground", [hold, "foregroundDeletion"]],
    ["Orphan", [hold, "orphan"]],
    ["Background", [hold]],
  ];
  for (const [propagationPolicy, expected] of cases) {
    const key = { name: propagationPolicy.toLowerCase(), namespace };
    await configMaps.create({ metadata: { ...key, finalizers: [hold] } });
    const fieldSelector = `metadata.name=${key.name}`;
    // Who looks later may find the finalizer of the policy served.
    for await (
      const change of reflect(configMaps, { namespace, fieldSelector })
    ) {
      if (change.type === "synced") {
        await configMaps.delete(key, { propagationPolicy });
      } else if (change.type === "modified") {
        const { finalizers = [] } = change.object.metadata;
        assertEquals([...finalizers].sort(), expected);
        break;
      }
    }
    await configMaps.patch(key, mergePatch({ metadata: { finalizers: null } }));
    assertEquals(await configMaps.exists(key), false);
  }
});

Deno.test("ResourceClient.deleteCollection() deletes what selectors choose in one namespace", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  for (const place of [namespace, otherNamespace]) {
    for (const app of ["web", "db"]) {
      const metadata = { name: app, namespace: place, labels: { app } };
      await configMaps.create({ metadata });
    }
  }
  const labelSelector = "app=web";
  const chosen = { namespace, labelSelector };
  const key = { name: "web", namespace };
  assertEquals(
    await configMaps.deleteCollection({ ...chosen, dryRun: true }),
    [key],
  );
  assertEquals(await listKeys(configMaps, chosen), [key]);
  assertEquals(await configMaps.deleteCollection(chosen), [key]);
  assertEquals(await listKeys(configMaps, { namespace }), [
    { name: "db", namespace },
  ]);
  assertEquals(await configMaps.deleteCollection(chosen), []);

  for (const labelSelector of [undefined, "", " "]) {
    await assertRejects(
      () => configMaps.deleteCollection({ namespace, labelSelector }),
      TypeError,
      "no selector limits them",
    );
  }
  await configMaps.deleteCollection({ namespace, all: true });
  assertEquals(await listKeys(configMaps, { namespace }), []);
  const others = await listKeys(configMaps, { namespace: otherNamespace });
  assertEquals(others.length, 2);
});
