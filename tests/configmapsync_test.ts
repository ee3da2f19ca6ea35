import { assert, assertEquals, assertExists } from "@std/assert";
import { mergePatch, removeFinalizer, waitFor } from "@koprs/koprs/core";
import { openOperatorWorld, PATIENCE } from "./operator_world.ts";
import { freshNamespace } from "./fresh_namespace.ts";

const FINALIZER = "configmapsync.example.io/cleanup";
const SYNCED_TO = "configmapsync.example.io/synced-to";
const MANAGED_BY = "app.kubernetes.io/managed-by";

Deno.test("configmapsync makes the child, the finalizer, the event and the condition", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  const { metadata: { uid } } = await world.createSync("app");

  const sync = await world.untilReady("app");
  assertEquals(sync.metadata.finalizers, [FINALIZER]);
  assertEquals(sync.metadata.labels?.[SYNCED_TO], world.otherNamespace);
  assertEquals(sync.status?.ready, true);
  assertEquals(sync.status?.observedGeneration, 1);
  assertEquals(
    sync.status?.message,
    `ConfigMap 'cms-app' synced to namespace '${world.otherNamespace}'`,
  );
  assertEquals(sync.status?.conditions?.[0]?.reason, "ConfigMapSynced");

  const child = await world.configMaps.get({
    name: "cms-app",
    namespace: world.otherNamespace,
  });
  assertEquals(child?.data, { color: "blue" });
  assertEquals(child?.metadata.labels, {
    [MANAGED_BY]: "configmapsync-operator",
    "configmapsync.example.io/owner": "app",
    "configmapsync.example.io/owner-uid": uid,
  });
  assertEquals(child?.metadata.annotations, {
    "configmapsync.example.io/owner": `${world.namespace}/app`,
  });
  assertEquals(await world.eventReasons(sync), ["ConfigMapCreated"]);
});

Deno.test("configmapsync corrects an edited child in another namespace at once", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  await world.createSync("app");
  const sync = await world.untilReady("app");

  const key = { name: "cms-app", namespace: world.otherNamespace };
  await world.configMaps.patch(key, mergePatch({ data: { color: "red" } }));
  const child = await world.untilChild(
    "cms-app",
    (child) => child?.data?.color === "blue",
  );
  assertEquals(child?.data, { color: "blue" });
  await world.untilEvent(sync, "ConfigMapDriftCorrected");
  const reasons = ["ConfigMapCreated", "ConfigMapDriftCorrected"];
  assertEquals(await world.eventReasons(sync), reasons);
});

Deno.test("configmapsync makes a deleted child again", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  await world.createSync("app");
  await world.untilReady("app");

  const key = { name: "cms-app", namespace: world.otherNamespace };
  const before = await world.configMaps.get(key);
  await world.configMaps.delete(key);
  const child = await world.untilChild(
    "cms-app",
    (child) =>
      child !== undefined && child.metadata.uid !== before?.metadata.uid,
  );
  assertEquals(child?.data, { color: "blue" });
});

Deno.test("configmapsync follows the spec and drops keys that left it", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  await world.createSync("app", { data: { color: "blue", size: "1" } });
  await world.untilReady("app");

  const key = { name: "app", namespace: world.namespace };
  await world.syncs.patch(
    key,
    mergePatch({ spec: { data: { color: "green", size: null } } }),
  );
  const sync = await world.untilReady("app");
  assertEquals(sync.status?.observedGeneration, 2);
  const child = await world.configMaps.get({
    name: "cms-app",
    namespace: world.otherNamespace,
  });
  assertEquals(child?.data, { color: "green" });
});

Deno.test("configmapsync collects the old copy when the target changes", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  await world.createSync("app");
  await world.untilReady("app");

  const key = { name: "app", namespace: world.namespace };
  const { namespace } = world;
  await world.syncs.patch(
    key,
    mergePatch({ spec: { targetNamespace: namespace } }),
  );
  const sync = await world.untilReady("app");
  assertEquals(sync.metadata.labels?.[SYNCED_TO], namespace);
  await world.untilChild("cms-app", (child) => child !== undefined, namespace);
  await world.untilChild("cms-app", (child) => child === undefined);
});

Deno.test("configmapsync leaves children of another object in the same target alone", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  await world.createSync("one");
  await world.createSync("two");
  await world.untilReady("one");
  await world.untilReady("two");

  await world.syncs.delete({ name: "one", namespace: world.namespace });
  await world.untilChild("cms-one", (child) => child === undefined);
  const other = await world.configMaps.get({
    name: "cms-two",
    namespace: world.otherNamespace,
  });
  assertEquals(other?.data, { color: "blue" });
});

Deno.test("configmapsync refuses a name that another owner has, and takes it once it is free", async () => {
  await using world = await openOperatorWorld();
  const rivals = await freshNamespace(world.client);
  world.startOperator();
  world.startOperator(rivals);
  await world.createSync("app");
  await world.untilReady("app");

  await world.syncs.create({
    metadata: { name: "app", namespace: rivals },
    spec: { targetNamespace: world.otherNamespace, data: { color: "red" } },
  });
  const refused = await world.untilFailed("app", {
    reason: "NameTaken",
    namespace: rivals,
  });
  assertEquals(refused.status?.ready, false);
  assertEquals(await world.eventReasons(refused), ["NameTaken"]);
  const child = { name: "cms-app", namespace: world.otherNamespace };
  assertEquals((await world.configMaps.get(child))?.data, { color: "blue" });

  await world.syncs.delete({ name: "app", namespace: world.namespace });
  await world.untilReady("app", rivals);
  assertEquals((await world.configMaps.get(child))?.data, { color: "red" });
});

Deno.test("configmapsync leaves the child of the first owner when the second is deleted", async () => {
  await using world = await openOperatorWorld();
  const rivals = await freshNamespace(world.client);
  world.startOperator();
  world.startOperator(rivals);
  await world.createSync("app");
  await world.untilReady("app");
  const key = { name: "app", namespace: rivals };
  await world.syncs.create({
    metadata: key,
    spec: { targetNamespace: world.otherNamespace, data: { color: "red" } },
  });
  await world.untilFailed("app", { reason: "NameTaken", namespace: rivals });

  await world.syncs.delete(key);
  await world.untilGone("app", rivals);
  const child = { name: "cms-app", namespace: world.otherNamespace };
  assertEquals((await world.configMaps.get(child))?.data, { color: "blue" });
});

Deno.test("configmapsync cleans up and lets go when its object is deleted", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  await world.createSync("app");
  await world.untilReady("app");

  const key = { name: "app", namespace: world.namespace };
  assert(await world.syncs.delete(key));
  await world.untilGone("app");
  const child = { name: "cms-app", namespace: world.otherNamespace };
  assertEquals(await world.configMaps.exists(child), false);
});

Deno.test("configmapsync keeps the finalizer of somebody else", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  const key = { name: "app", namespace: world.namespace };
  await world.syncs.create({
    metadata: { ...key, finalizers: ["example.org/foreign"] },
    spec: { targetNamespace: world.otherNamespace, data: {} },
  });
  const before = await world.untilReady("app");
  assertEquals([...before.metadata.finalizers ?? []].sort(), [
    FINALIZER,
    "example.org/foreign",
  ]);

  await world.syncs.delete(key);
  const held = await waitFor(world.syncs, key, {
    condition: (sync) => sync?.metadata.finalizers?.length === 1,
    timeout: PATIENCE,
  });
  assertExists(held);
  assertEquals(held.metadata.finalizers, ["example.org/foreign"]);
  await removeFinalizer(world.syncs, held, {
    finalizer: "example.org/foreign",
  });
  await world.untilGone("app");
});

Deno.test("configmapsync says why when the target namespace is missing", async () => {
  await using world = await openOperatorWorld();
  world.startOperator();
  const targetNamespace = `missing-${crypto.randomUUID().slice(0, 8)}`;
  await world.createSync("app", { targetNamespace });

  const sync = await world.untilFailed("app", {
    reason: "NamespaceNotFound",
  });
  assertEquals(
    sync.status?.message,
    sync.status?.conditions?.[0]?.message,
  );
  assert(sync.status?.message?.includes(`"${targetNamespace}" not found`));
  assertEquals(await world.eventReasons(sync), ["NamespaceNotFound"]);
});

Deno.test("configmapsync writes nothing when it starts again on an unchanged world", async () => {
  await using world = await openOperatorWorld();
  {
    await using operator = world.startOperator();
    await operator.ready;
    await world.createSync("app");
    await world.untilReady("app");
  }
  const key = { name: "app", namespace: world.namespace };
  const childKey = { name: "cms-app", namespace: world.otherNamespace };
  const sync = await world.syncs.get(key);
  const child = await world.configMaps.get(childKey);

  await using operator = world.startOperator();
  await operator.ready;
  // Whatever the operator does about "app" it has done once "other" is Ready.
  await world.createSync("other");
  await world.untilReady("other");
  assertEquals(await world.syncs.get(key), sync);
  assertEquals(await world.configMaps.get(childKey), child);
});

Deno.test("configmapsync repairs what happened while it was down", async () => {
  await using world = await openOperatorWorld();
  {
    await using operator = world.startOperator();
    await operator.ready;
    for (const name of ["edited", "deleted"]) {
      await world.createSync(name);
      await world.untilReady(name);
    }
  }
  const { otherNamespace: namespace } = world;
  await world.configMaps.patch(
    { name: "cms-edited", namespace },
    mergePatch({ data: { color: "red", extra: "x" } }),
  );
  await world.configMaps.delete({ name: "cms-deleted", namespace });

  await using _operator = world.startOperator();
  await world.untilChild("cms-deleted", (child) => child !== undefined);
  const edited = await world.untilChild(
    "cms-edited",
    (child) => child?.data?.color === "blue",
  );
  // A key that somebody else added is theirs.
  assertEquals(edited?.data, { color: "blue", extra: "x" });
});
