import { ConfigMap } from "@koprs/koprs/builtin";
import {
  addFinalizer,
  Client,
  Controller,
  hasFinalizer,
  isBeingDeleted,
  mergePatch,
  removeFinalizer,
  start,
  waitFor,
  withFinalizer,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertExists } from "@std/assert";
import { PATIENCE } from "./operator_world.ts";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

const OURS = "example.org/ours";
const THEIRS = "example.org/theirs";

Deno.test("addFinalizer() and removeFinalizer() leave entries of others alone", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const created = await configMaps.create({
    metadata: { ...key, finalizers: [THEIRS] },
  });

  const added = await addFinalizer(configMaps, created, { finalizer: OURS });
  assertEquals([...added.metadata.finalizers ?? []].sort(), [OURS, THEIRS]);
  assertEquals(
    await addFinalizer(configMaps, added, { finalizer: OURS }),
    added,
  );
  await removeFinalizer(configMaps, added, { finalizer: OURS });
  const live = await configMaps.get(key);
  assertEquals(live?.metadata.finalizers, [THEIRS]);
  assertExists(live);
  await removeFinalizer(configMaps, live, { finalizer: OURS });
  assertEquals(await configMaps.get(key), live);
});

Deno.test("addFinalizer() leaves what the manager applies elsewhere", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const wanted = { metadata: key, data: { color: "blue" } };
  const applied = await configMaps.apply(wanted);
  await addFinalizer(configMaps, applied, { finalizer: OURS });
  const again = await configMaps.apply(wanted);
  assertEquals(again.metadata.finalizers, [OURS]);
  assertEquals(again.data, { color: "blue" });
});

Deno.test("addFinalizer() writes labels in the same request", async () => {
  await using world = await openWorld();
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  const configMaps = client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const created = await configMaps.create({ metadata: key });

  const options = { finalizer: OURS, labels: { team: "a" } };
  const added = await addFinalizer(configMaps, created, options);
  assertEquals(added.metadata.finalizers, [OURS]);
  assertEquals(added.metadata.labels, { team: "a" });
  await addFinalizer(configMaps, added, options);
  assertEquals(wire.requests.map(({ method }) => method), ["POST", "PATCH"]);
});

Deno.test("F72 addFinalizer() adds nothing to an object that is gone, replaced or dying", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const gone = await configMaps.create({ metadata: { name: "a", namespace } });
  await configMaps.delete(gone.metadata);
  await addFinalizer(configMaps, gone, { finalizer: OURS });
  assertEquals(await configMaps.exists(gone.metadata), false);

  const replaced = await configMaps.create({
    metadata: { name: "a", namespace },
  });
  await addFinalizer(configMaps, gone, { finalizer: OURS });
  assertEquals(await configMaps.get(replaced.metadata), replaced);

  const held = await configMaps.create({
    metadata: { name: "b", namespace, finalizers: [THEIRS] },
  });
  await configMaps.delete(held.metadata);
  const after = await addFinalizer(configMaps, held, { finalizer: OURS });
  assertEquals(hasFinalizer(after, OURS), false);
  const dying = await configMaps.get(held.metadata);
  assertEquals(dying?.metadata.finalizers, [THEIRS]);
  await removeFinalizer(configMaps, held, { finalizer: THEIRS });
});

Deno.test("removeFinalizer() is content when the object is gone or another", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const metadata = {
    name: "app",
    namespace: world.namespace,
    finalizers: [OURS],
  };
  const first = await configMaps.create({ metadata });
  await configMaps.delete(metadata);
  await removeFinalizer(configMaps, first, { finalizer: OURS });
  assertEquals(await configMaps.exists(metadata), false);
  await removeFinalizer(configMaps, first, { finalizer: OURS });

  const second = await configMaps.create({ metadata });
  await removeFinalizer(configMaps, first, { finalizer: OURS });
  assertEquals(await configMaps.get(metadata), second);
  await removeFinalizer(configMaps, second, { finalizer: OURS });
});

Deno.test("F69 F71 removeFinalizer() finds its entry where others moved it", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const read = await configMaps.create({
    metadata: { ...key, finalizers: [THEIRS, OURS] },
  });
  await removeFinalizer(configMaps, read, { finalizer: THEIRS });
  await removeFinalizer(configMaps, read, { finalizer: OURS });
  const live = await configMaps.get(key);
  assertEquals(live?.metadata.finalizers, undefined);
});

Deno.test("F70 addFinalizer() and removeFinalizer() bear other writers at the same time", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const created = await configMaps.create({ metadata: key });
  const managers = ["one", "two", "three", "four"];
  await using stack = new AsyncDisposableStack();
  const writers = managers.map((fieldManager) => {
    const client = stack.use(new Client(world.config, { fieldManager }));
    const finalizer = `example.org/${fieldManager}`;
    return { resource: client.resource(ConfigMap), finalizer };
  });

  await Promise.all(writers.map(({ resource, finalizer }) => {
    return addFinalizer(resource, created, { finalizer });
  }));
  const all = await configMaps.get(key);
  assertExists(all);
  assertEquals(
    [...all.metadata.finalizers ?? []].sort(),
    managers.map((manager) => `example.org/${manager}`).sort(),
  );
  await configMaps.delete(key);
  await Promise.all(writers.map(({ resource, finalizer }) => {
    return removeFinalizer(resource, all, { finalizer });
  }));
  assertEquals(await configMaps.exists(key), false);
});

Deno.test("withFinalizer() cleans up before the object goes, again until it succeeds", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace };
  const log: string[] = [];
  const reconcile = withFinalizer(configMaps, {
    finalizer: OURS,
    labels: ({ data }) => ({ color: data?.color ?? "" }),
    reconcile: async (object) => {
      log.push("reconcile");
      assert(hasFinalizer(object, OURS));
      assertEquals(object.metadata.labels, { color: "blue" });
      await configMaps.patch(key, mergePatch({ data: { seen: "yes" } }));
    },
    cleanup: async (object, { attempt }) => {
      log.push(`cleanup ${attempt}`);
      const live = await configMaps.get(key);
      assert(isBeingDeleted(object));
      assert(live !== undefined && hasFinalizer(live, OURS));
      if (attempt < 2) throw new Error("not yet");
    },
  });
  await using _running = start(
    new Controller(configMaps, reconcile, { namespace }),
  );
  await configMaps.create({ metadata: key, data: { color: "blue" } });
  await waitFor(configMaps, key, {
    condition: (object) => object?.data?.seen === "yes",
    timeout: PATIENCE,
  });

  await configMaps.delete(key);
  await waitFor(configMaps, key, {
    condition: (object) => object === undefined,
    timeout: PATIENCE,
  });
  assertEquals(log, ["reconcile", "cleanup 0", "cleanup 1", "cleanup 2"]);
});

Deno.test("withFinalizer() does nothing about an object that dies without its entry", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "dying", namespace };
  await configMaps.create({ metadata: { ...key, finalizers: [THEIRS] } });
  await configMaps.delete(key);
  const before = await configMaps.get(key);

  const log: string[] = [];
  const reconciled = Promise.withResolvers<void>();
  const reconcile = withFinalizer(configMaps, {
    finalizer: OURS,
    reconcile: ({ metadata }) => {
      log.push(metadata.name);
      if (metadata.name === "other") reconciled.resolve();
      return Promise.resolve();
    },
    cleanup: ({ metadata }) => {
      log.push(`clean ${metadata.name}`);
      return Promise.resolve();
    },
  });
  await using _running = start(
    new Controller(configMaps, reconcile, { namespace }),
  );
  const other = { name: "other", namespace };
  await configMaps.create({ metadata: other });
  // The entry is there a moment before the reconcile that it makes room for.
  await reconciled.promise;
  assertEquals(log, ["other"]);
  assertEquals(await configMaps.get(key), before);
  assertExists(before);
  await removeFinalizer(configMaps, before, { finalizer: THEIRS });
});
