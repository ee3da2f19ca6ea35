import { ConfigMap, Namespace, Secret } from "@koprs/koprs/builtin";
import {
  ApiError,
  defineKind,
  isNotFound,
  labelSelector,
  type ListOptions,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as z from "zod";
import { openWorld } from "./world.ts";

Deno.test("ResourceClient.get() returns the object, and undefined when there is none", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  assertEquals(await configMaps.get(key), undefined);
  assertEquals(await configMaps.exists(key), false);

  const created = await configMaps.create({ metadata: key, data: { a: "1" } });
  assertEquals(await configMaps.get(created.metadata), created);
  assertEquals(await configMaps.exists(key), true);
});

Deno.test("ResourceClient.get() reads a kind without namespaces", async () => {
  await using world = await openWorld();
  const namespaces = world.client.resource(Namespace);
  const found = await namespaces.get({ name: world.namespace });
  assertEquals(found?.metadata.namespace, undefined);
  assertEquals(found?.status?.phase, "Active");
  assertEquals(found?.metadata.labels, {
    "kubernetes.io/metadata.name": world.namespace,
  });
});

Deno.test("ResourceClient.pages() reads page after page of one version of the world", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const names = ["a", "b", "c", "d", "e"];
  for (const name of names) {
    await configMaps.create({ metadata: { name, namespace } });
  }

  const pages = [];
  for await (const page of configMaps.pages({ namespace, limit: 2 })) {
    if (pages.length === 0) {
      await configMaps.create({ metadata: { name: "f", namespace } });
    }
    pages.push(page);
  }
  assertEquals(pages.map(({ items }) => items.length), [2, 2, 1]);
  assertEquals(
    pages.flatMap(({ items }) => items.map(({ metadata }) => metadata.name)),
    names,
  );
  const versions = new Set(pages.map((page) => page.resourceVersion));
  assertEquals(versions.size, 1);
});

Deno.test("ResourceClient.list() knows the type of each object", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  await configMaps.create({ metadata: { name: "app", namespace } });
  for await (const { apiVersion, kind } of configMaps.list({ namespace })) {
    assertEquals({ apiVersion, kind }, { apiVersion: "v1", kind: "ConfigMap" });
  }
});

Deno.test("ResourceClient.list() reads one namespace, or all", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labels = { journey: namespace };
  for (const place of [namespace, otherNamespace]) {
    const metadata = { name: "app", namespace: place, labels };
    await configMaps.create({ metadata });
  }

  const filter = { labelSelector: labelSelector(labels) };
  const namespacesOf = async (options: ListOptions<"Namespaced">) => {
    const found: string[] = [];
    for await (const { metadata } of configMaps.list(options)) {
      found.push(metadata.namespace);
    }
    return found;
  };
  assertEquals(await namespacesOf({ ...filter, namespace }), [namespace]);
  assertEquals(
    await namespacesOf(filter),
    [namespace, otherNamespace].sort(),
  );
});

Deno.test("ResourceClient.list() selects by labels", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labelled = {
    bare: {},
    web: { app: "web", tier: "front" },
    worker: { app: "worker", tier: "back" },
  };
  for (const [name, labels] of Object.entries(labelled)) {
    await configMaps.create({ metadata: { name, namespace, labels } });
  }

  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["app=web", ["web"]],
    ["app!=web", ["bare", "worker"]],
    ["app", ["web", "worker"]],
    ["!app", ["bare"]],
    ["app in (web,worker),tier notin (front)", ["worker"]],
    [labelSelector({ app: ["web", "worker"], tier: "back" }), ["worker"]],
    [labelSelector({ app: null }), ["bare"]],
    [labelSelector({}), ["bare", "web", "worker"]],
  ];
  for (const [selector, expected] of cases) {
    const names: string[] = [];
    const options = { namespace, labelSelector: selector };
    for await (const { metadata } of configMaps.list(options)) {
      names.push(metadata.name);
    }
    assertEquals(names, expected, selector);
  }
});

Deno.test("ResourceClient.list() selects by fields", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const secrets = world.client.resource(Secret);
  for (const type of ["example.org/a", "example.org/b"]) {
    const name = type.replace("/", ".");
    await secrets.create({ metadata: { name, namespace }, type });
  }

  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["metadata.name=example.org.a", ["example.org.a"]],
    ["metadata.name!=example.org.a", ["example.org.b"]],
    ["type=example.org/b", ["example.org.b"]],
    ["type=example.org/b,metadata.name=example.org.a", []],
  ];
  for (const [fieldSelector, expected] of cases) {
    const names: string[] = [];
    for await (
      const { metadata } of secrets.list({ namespace, fieldSelector })
    ) names.push(metadata.name);
    assertEquals(names, expected, fieldSelector);
  }
});

Deno.test("ResourceClient.list() reads a kind without namespaces", async () => {
  await using world = await openWorld();
  const { namespace, otherNamespace } = world;
  const names: string[] = [];
  const ours = labelSelector({
    "kubernetes.io/metadata.name": [namespace, otherNamespace],
  });
  const namespaces = world.client.resource(Namespace);
  for await (const { metadata } of namespaces.list({ labelSelector: ours })) {
    names.push(metadata.name);
  }
  assertEquals(names, [namespace, otherNamespace].sort());
});

Deno.test("ResourceClient.list() says what is wrong with a field selector", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const fieldSelector = "data.color=blue";
  const error = await assertRejects(
    () => configMaps.list({ namespace, fieldSelector }).next(),
    ApiError,
    `"data.color" is not a known field selector`,
  );
  assertEquals([error.code, error.reason], [400, "BadRequest"]);
});

Deno.test("ResourceClient.list() throws when the kind is not served", async () => {
  await using world = await openWorld();
  const Unserved = defineKind({
    group: "unserved.example.org",
    version: "v1",
    kind: "Unserved",
    plural: "unserveds",
    scope: "Namespaced",
    spec: z.object({}),
  });
  const resource = world.client.resource(Unserved);
  const error = await assertRejects(() => resource.list().next(), ApiError);
  assert(isNotFound(error));
});

Deno.test("ResourceClient.list() ends by its signal", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  const error = await assertRejects(() => configMaps.list({ signal }).next());
  assertEquals(error, reason);
});
