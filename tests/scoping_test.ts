import {
  ConfigMap,
  CustomResourceDefinition,
  Namespace,
} from "@koprs/koprs/builtin";
import {
  Client,
  Controller,
  type CustomKind,
  defineKind,
  Informer,
  isNotFound,
  namespacesMatching,
  type ReadonlyStore,
  setLabels,
  shareInformer,
  start,
  waitFor,
  watches,
} from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import * as z from "zod";
import { heard } from "./heard.ts";
import { freshNamespace } from "./fresh_namespace.ts";
import { serve } from "./served_kind.ts";
import { openWorld } from "./world.ts";

const OURS = "metadata.name!=kube-root-ca.crt";
const PATIENCE = 20_000;

/** What a store holds, as `"namespace name"` with short names. */
function contents(
  store: ReadonlyStore<ConfigMap>,
  names: Readonly<Record<string, string>>,
): string[] {
  return store.keys().map(({ name, namespace = "" }) =>
    `${names[namespace]} ${name}`
  ).sort();
}

Deno.test("Informer holds the objects of several namespaces, and no others", async () => {
  await using world = await openWorld();
  const { namespace: a, otherNamespace: b, client } = world;
  const c = await freshNamespace(client);
  const names = { [a]: "a", [b]: "b", [c]: "c" };
  const configMaps = client.resource(ConfigMap);
  for (const namespace of [a, b, c]) {
    await configMaps.create({
      metadata: { name: "x", namespace, labels: { app: "web" } },
      data: { color: "blue" },
    });
  }
  await using other = new Client(world.config, { fieldManager: "operator" });
  const resource = other.resource(ConfigMap);
  const informer = new Informer(resource, {
    namespaces: [a, b],
    fieldSelector: OURS,
    indexes: { color: ({ data }) => data?.color ? [data.color] : [] },
  });
  await using running = start(informer);
  await running.ready;

  const { store } = informer;
  assertEquals(contents(store, names), ["a x", "b x"]);
  assertEquals(store.size, 2);
  assertEquals(store.list({ namespace: b }).length, 1);
  assertEquals(store.list({ namespace: c }), []);
  assertEquals(store.byLabel("app", "web").length, 2);
  assertEquals(store.byIndex("color", "blue").length, 2);
  assert(store.get({ name: "x", namespace: a }));
  assertEquals(store.get({ name: "x", namespace: c }), undefined);

  await configMaps.create({ metadata: { name: "y", namespace: c } });
  const added = heard(informer, "added y");
  await configMaps.create({ metadata: { name: "y", namespace: b } });
  await added;
  const deleted = heard(informer, "deleted x");
  await configMaps.delete({ name: "x", namespace: a });
  await deleted;
  assertEquals(contents(store, names), ["b x", "b y"]);
});

Deno.test("Informer covers its namespaces, each once it is listed", async () => {
  await using world = await openWorld();
  const { namespace: a, otherNamespace: b, client } = world;
  const configMaps = client.resource(ConfigMap);
  const informer = new Informer(configMaps, { namespaces: [a] });
  await using running = start(informer);
  await running.ready;
  assertEquals(configMaps.cache({ namespace: a }), informer);
  assertEquals(configMaps.cache({ namespace: b }), undefined);
  assertEquals(configMaps.cache({}), undefined);

  const key = { name: "own", namespace: a };
  const created = await configMaps.create({ metadata: key });
  assertEquals(configMaps.cached(key), created);
});

Deno.test("Informer follows namespaces that come to match, and lets go of others", async () => {
  await using world = await openWorld();
  const { namespace: a, otherNamespace: b, client } = world;
  const names = { [a]: "a", [b]: "b" };
  const namespaces = client.resource(Namespace);
  const configMaps = client.resource(ConfigMap);
  for (const namespace of [a, b]) {
    await configMaps.create({ metadata: { name: "x", namespace } });
  }
  const label = `team-${crypto.randomUUID().slice(0, 8)}`;
  await setLabels(namespaces, { name: a }, { [label]: "blue" });

  await using other = new Client(world.config, { fieldManager: "operator" });
  const informer = new Informer(other.resource(ConfigMap), {
    namespaces: namespacesMatching(other.resource(Namespace).metadata, {
      labelSelector: `${label}=blue`,
    }),
    fieldSelector: OURS,
  });
  await using running = start(informer);
  await running.ready;
  const told: string[] = [];
  informer.subscribe(({ type, object: { metadata } }) => {
    told.push(`${type} ${names[metadata.namespace ?? ""]} ${metadata.name}`);
  });
  assertEquals(contents(informer.store, names), ["a x"]);

  await setLabels(namespaces, { name: b }, { [label]: "blue" });
  await until(informer, () => informer.store.size === 2);
  await setLabels(namespaces, { name: a }, { [label]: null });
  await until(informer, () => informer.store.size === 1);
  assertEquals(contents(informer.store, names), ["b x"]);
  await setLabels(namespaces, { name: a }, { [label]: "blue" });
  await until(informer, () => informer.store.size === 2);
  assertEquals(told, ["added a x", "added b x", "deleted a x", "added a x"]);
  assert(informer.ready() && informer.healthy());
});

Deno.test("Controller reconciles in several namespaces, with an index of its own", async () => {
  await using world = await openWorld();
  const { namespace: a, otherNamespace: b, client } = world;
  const configMaps = client.resource(ConfigMap);
  const seen: string[] = [];
  const controller = new Controller(configMaps, async (object, { store }) => {
    const group = object.data?.group ?? "";
    const size = store.byIndex("group", group).length;
    const { name, namespace } = object.metadata;
    const metadata = { name, namespace };
    await configMaps.apply({ metadata, data: { size: String(size) } });
    seen.push(name);
  }, {
    namespaces: [a, b],
    labelSelector: "app=web",
    indexes: { group: ({ data }) => data?.group ? [data.group] : [] },
  });
  await using running = start(controller);
  await running.ready;
  const labels = { app: "web" };
  for (const [name, namespace] of [["one", a], ["two", b]] as const) {
    await configMaps.create({
      metadata: { name, namespace, labels },
      data: { group: "g" },
    });
    await waitFor(configMaps, { name, namespace }, {
      condition: (object) => object?.data?.size !== undefined,
      timeout: PATIENCE,
    });
  }
  const two = await configMaps.get({ name: "two", namespace: b });
  assertEquals(two?.data?.size, "2");
  assertEquals(seen, ["one", "two"]);
});

Deno.test("shareInformer() gives one informer the indexes of all its users", async () => {
  await using world = await openWorld();
  const { namespace, client } = world;
  const configMaps = client.resource(ConfigMap);
  await configMaps.create({
    metadata: { name: "x", namespace },
    data: { color: "blue", size: "1" },
    binaryData: { large: "AAAA" },
  });
  const color = ({ data }: ConfigMap) => data?.color ? [data.color] : [];
  const size = ({ data }: ConfigMap) => data?.size ? [data.size] : [];
  const options = { namespace, transform: withoutBinaryData };
  await using one = shareInformer(configMaps, {
    ...options,
    indexes: { color },
  });
  await one.informer.synced;
  await using two = shareInformer(configMaps, {
    ...options,
    indexes: { color, size },
  });
  assertEquals(one.informer, two.informer);
  const { store } = one.informer;
  assertEquals(store.byIndex("color", "blue").length, 1);
  assertEquals(store.byIndex("size", "1").length, 1);
  const { binaryData } = store.get({ name: "x", namespace }) ?? {};
  assertEquals(binaryData, undefined);
  await using whole = shareInformer(configMaps, { namespace });
  assert(whole.informer !== one.informer);
});

function withoutBinaryData(object: ConfigMap): ConfigMap {
  const { binaryData: _, ...rest } = object;
  return rest;
}

/** A kind that nobody serves yet. */
function unservedKind() {
  const id = crypto.randomUUID().slice(0, 8);
  return defineKind({
    group: `optional-${id}.scoping.koprs.dev`,
    version: "v1",
    kind: "Extra",
    plural: "extras",
    scope: "Namespaced",
    spec: z.object({ size: z.int() }),
  });
}

async function withdraw(client: Client, kind: CustomKind): Promise<void> {
  const { name } = kind.manifest.metadata;
  const definitions = client.resource(CustomResourceDefinition);
  await definitions.delete({ name });
  await waitFor(definitions, { name }, {
    condition: (definition) => definition === undefined,
    timeout: PATIENCE,
  });
}

Deno.test("F57 F58 watches() of an optional kind joins when the kind is served, and outlives its end", async () => {
  await using world = await openWorld();
  const { namespace, client } = world;
  const Extra = unservedKind();
  await using operator = new Client(world.config, { fieldManager: "operator" });
  const configMaps = operator.resource(ConfigMap);
  const extras = operator.resource(Extra);
  const key = { name: "app", namespace };
  const options = { namespace, optional: true };
  const controller = new Controller(configMaps, async ({ metadata }) => {
    const { name } = metadata;
    const size = extras.cached({ name, namespace })?.spec.size ?? "none";
    await configMaps.apply({
      metadata: { name, namespace },
      data: { size: String(size) },
    });
  }, {
    namespace,
    fieldSelector: "metadata.name=app",
    sources: [watches(extras, ({ metadata }) => [metadata], options)],
  });
  await using running = start(controller);
  await running.ready;
  await client.resource(ConfigMap).create({ metadata: key });
  const untilSize = (size: string): Promise<unknown> =>
    waitFor(client.resource(ConfigMap), key, {
      condition: (object) => object?.data?.size === size,
      timeout: PATIENCE,
    });
  await untilSize("none");

  for (const size of [1, 2]) {
    await serve(client, Extra);
    await client.resource(Extra).create({ metadata: key, spec: { size } });
    await untilSize(String(size));
    await withdraw(client, Extra);
    await untilSize("none");
    assert(controller.ready());
    try {
      await extras.get(key);
    } catch (error) {
      assert(isNotFound(error));
    }
  }
});

async function until(
  informer: Informer<ConfigMap>,
  condition: () => boolean,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // After all listeners, and after the store.
  const check = (): void => void (condition() && resolve());
  const unsubscribe = informer.subscribe(check);
  await promise;
  unsubscribe();
}
