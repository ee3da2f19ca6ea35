import { ConfigMap, PriorityClass } from "@koprs/koprs/builtin";
import {
  addFinalizer,
  Client,
  controllerReference,
  garbageCollect,
  type GarbageResult,
  Informer,
  mergePatch,
  ownerMark,
  type ResourceClient,
  start,
} from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

const NOTHING: GarbageResult = {
  kept: [],
  deleted: [],
  terminating: [],
  unblocked: [],
  failed: [],
};
const PREFIX = "example.org";
const HOLD = "example.org/hold";

Deno.test("garbageCollect() deletes what an owner reference owns and keep() does not want", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const [owner, rival] = await createOwners(configMaps, namespace);
  const owned = { ownerReferences: [controllerReference(owner)] };
  const theirs = { ownerReferences: [controllerReference(rival)] };
  await configMaps.create({ metadata: { name: "a", namespace, ...owned } });
  await configMaps.create({ metadata: { name: "b", namespace, ...owned } });
  await configMaps.create({ metadata: { name: "c", namespace, ...theirs } });

  const result = await garbageCollect(configMaps, {
    owner,
    keep: ({ metadata }) => metadata.name === "b",
  });
  assertEquals(result, {
    ...NOTHING,
    kept: [{ name: "b", namespace }],
    deleted: [{ name: "a", namespace }],
  });
  assertEquals(
    await namesIn(configMaps, namespace),
    ["b", "c", "owner", "rival"],
  );
});

Deno.test("garbageCollect() finds marked children in all namespaces", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const [owner, rival] = await createOwners(configMaps, namespace);
  const mark = ownerMark(owner, { prefix: PREFIX });
  const theirs = ownerMark(rival, { prefix: PREFIX });
  for (const place of [namespace, otherNamespace]) {
    const key = { name: "copy", namespace: place };
    await configMaps.create({ metadata: { ...key, ...mark } });
    await configMaps.create({ metadata: { ...key, ...theirs, name: "other" } });
  }

  const result = await garbageCollect(configMaps, {
    owner,
    prefix: PREFIX,
    keep: ({ metadata }) => metadata.namespace === otherNamespace,
  });
  assertEquals(result.kept, [{ name: "copy", namespace: otherNamespace }]);
  assertEquals(result.deleted, [{ name: "copy", namespace }]);
  assertEquals(await namesIn(configMaps, otherNamespace), ["copy", "other"]);
  assertEquals(
    await namesIn(configMaps, namespace),
    ["other", "owner", "rival"],
  );
});

Deno.test("garbageCollect() collects objects without a namespace by mark", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const classes = world.client.resource(PriorityClass);
  const [owner] = await createOwners(configMaps, world.namespace);
  const mark = ownerMark(owner, { prefix: PREFIX });
  const name = world.namespace;
  await classes.create({ metadata: { name, ...mark }, value: 1 });

  const options = { owner, prefix: PREFIX, keep: () => false };
  const { deleted } = await garbageCollect(classes, options);
  assertEquals(deleted, [{ name }]);
  assertEquals(await classes.exists({ name }), false);
});

Deno.test("garbageCollect() selects by labels alone", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labels = { stage: "old", journey: namespace };
  await configMaps.create({ metadata: { name: "a", namespace, labels } });
  await configMaps.create({ metadata: { name: "b", namespace } });
  const elsewhere = { name: "a", namespace: otherNamespace, labels };
  await configMaps.create({ metadata: elsewhere });

  const { deleted } = await garbageCollect(configMaps, {
    labelSelector: `stage in (old,older),journey=${namespace}`,
    namespace,
    keep: () => false,
  });
  assertEquals(deleted, [{ name: "a", namespace }]);
  assertEquals(await namesIn(configMaps, namespace), ["b"]);
  assertEquals(await configMaps.exists(elsewhere), true);
});

Deno.test("garbageCollect() only checks when it runs dry", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const [owner] = await createOwners(configMaps, namespace);
  const ownerReferences = [controllerReference(owner)];
  const child = { name: "child", namespace, ownerReferences };
  await configMaps.create({ metadata: child });
  const { deleted } = await garbageCollect(configMaps, {
    owner,
    keep: () => false,
    dryRun: true,
  });
  assertEquals(deleted, [{ name: "child", namespace }]);
  assertEquals(await configMaps.exists(child), true);
});

Deno.test("F80 garbageCollect() judges an object again that changed since it was read", async () => {
  await using world = await openWorld();
  const { namespace, client } = world;
  const configMaps = client.resource(ConfigMap);
  const [owner] = await createOwners(configMaps, namespace);
  const ownerReferences = [controllerReference(owner)];
  for (const name of ["changed", "replaced", "wanted"]) {
    await configMaps.create({ metadata: { name, namespace, ownerReferences } });
  }

  // The requests that follow the list find another world than it showed.
  let changes: Promise<unknown> | undefined;
  await using late = new Client(world.config, {
    fieldManager: "operator",
    fetch: async (url, init) => {
      if (init.method === "DELETE") await (changes ??= change());
      return await fetch(url, init);
    },
  });
  async function change(): Promise<void> {
    const edit = mergePatch({ data: { a: "1" } });
    await configMaps.patch({ name: "changed", namespace }, edit);
    await configMaps.delete({ name: "replaced", namespace });
    await configMaps.create({ metadata: { name: "replaced", namespace } });
    const want = mergePatch({ data: { wanted: "yes" } });
    await configMaps.patch({ name: "wanted", namespace }, want);
  }
  const result = await garbageCollect(late.resource(ConfigMap), {
    owner,
    keep: ({ data }) => data?.wanted === "yes",
  });
  assertEquals(result, {
    ...NOTHING,
    kept: [{ name: "wanted", namespace }],
    deleted: [{ name: "changed", namespace }],
  });
  assertEquals(
    await namesIn(configMaps, namespace),
    ["owner", "replaced", "rival", "wanted"],
  );
});

Deno.test("garbageCollect() tells what finalizers hold, and lifts those it may", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const [owner] = await createOwners(configMaps, namespace);
  const ownerReferences = [controllerReference(owner)];
  const key = { name: "held", namespace };
  const held = await configMaps.create({
    metadata: { ...key, ownerReferences },
  });
  await addFinalizer(configMaps, held, { finalizer: HOLD });

  const options = { owner, keep: () => false };
  const first = await garbageCollect(configMaps, options);
  assertEquals(first, { ...NOTHING, deleted: [key] });
  const second = await garbageCollect(configMaps, options);
  assertEquals(second, { ...NOTHING, terminating: [key] });
  const other = { ...options, unblock: ["example.org/other"] };
  const third = await garbageCollect(configMaps, other);
  assertEquals(third, { ...NOTHING, terminating: [key] });
  const ours = { ...options, unblock: [HOLD] };
  const fourth = await garbageCollect(configMaps, ours);
  assertEquals(fourth, { ...NOTHING, unblocked: [key] });
  assertEquals(await configMaps.exists(key), false);
});

Deno.test("garbageCollect() reads an informer instead of listing", async () => {
  await using world = await openWorld();
  const { namespace, config } = world;
  const wire = new RecordedFetch();
  const { fetch } = wire;
  await using client = new Client(config, { fieldManager: "operator", fetch });
  const configMaps = client.resource(ConfigMap);
  const [owner] = await createOwners(configMaps, namespace);
  await using running = start(new Informer(configMaps, { namespace }));
  await running.ready;
  const ownerReferences = [controllerReference(owner)];
  for (const name of ["a", "b"]) {
    await configMaps.create({ metadata: { name, namespace, ownerReferences } });
  }

  const before = wire.requests.length;
  const { deleted } = await garbageCollect(configMaps, {
    owner,
    keep: ({ metadata }) => metadata.name === "a",
  });
  assertEquals(deleted, [{ name: "b", namespace }]);
  const methods = wire.requests.slice(before).map(({ method }) => method);
  assertEquals(methods, ["DELETE"]);
});

type ConfigMaps = ResourceClient<ConfigMap, "Namespaced">;

async function createOwners(
  configMaps: ConfigMaps,
  namespace: string,
): Promise<[ConfigMap, ConfigMap]> {
  const owner = { name: "owner", namespace };
  const rival = { name: "rival", namespace };
  return [
    await configMaps.create({ metadata: owner }),
    await configMaps.create({ metadata: rival }),
  ];
}

async function namesIn(
  configMaps: ConfigMaps,
  namespace: string,
): Promise<string[]> {
  const names: string[] = [];
  for await (const { metadata } of configMaps.list({ namespace })) {
    // A cluster may put its certificates everywhere.
    if (metadata.name !== "kube-root-ca.crt") names.push(metadata.name);
  }
  return names;
}
