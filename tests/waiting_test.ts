import { ConfigMap, CustomResourceDefinition } from "@koprs/koprs/builtin";
import {
  defineKind,
  hasCondition,
  isDeleted,
  TimeoutError,
  waitFor,
  waitForAny,
} from "@koprs/koprs/core";
import { assertEquals, assertExists, assertRejects } from "@std/assert";
import * as z from "zod";
import { openWorld } from "./world.ts";

const PATIENCE = 30_000;

Deno.test("waitForAny() returns all objects there are at once", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const labels = { app: "web" };
  for (const name of ["a", "b"]) {
    await configMaps.create({ metadata: { name, namespace, labels } });
  }
  const found = await waitForAny(configMaps, {
    namespace,
    labelSelector: "app=web",
    timeout: PATIENCE,
  });
  assertEquals(found.map(({ metadata }) => metadata.name).sort(), ["a", "b"]);
});

Deno.test("waitForAny() waits for the first object, and no longer than it may", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const configMaps = world.client.resource(ConfigMap);
  const options = { namespace, labelSelector: "app=web" };
  await assertRejects(
    () => waitForAny(configMaps, { ...options, timeout: 50 }),
    TimeoutError,
    `Cannot wait for configmaps in namespace "${namespace}": there was none within 50 ms`,
  );
  const appears = waitForAny(configMaps, { ...options, timeout: PATIENCE });
  await configMaps.create({ metadata: { name: "other", namespace } });
  await configMaps.create({
    metadata: { name: "web", namespace, labels: { app: "web" } },
  });
  const found = await appears;
  assertEquals(found.map(({ metadata }) => metadata.name), ["web"]);
});

Deno.test("waitForAny() waits until the kind is served", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const group = `${namespace}.example.org`;
  const Late = defineKind({
    group,
    version: "v1",
    kind: "Late",
    plural: "lates",
    scope: "Namespaced",
    spec: z.object({ text: z.string() }),
  });
  const lates = world.client.resource(Late);
  const found = waitForAny(lates, { namespace, timeout: PATIENCE });

  const definitions = world.client.resource(CustomResourceDefinition);
  const { metadata } = await definitions.apply(Late.manifest);
  await waitFor(definitions, metadata, {
    condition: hasCondition("Established"),
    timeout: PATIENCE,
  });
  await lates.create({
    metadata: { name: "app", namespace },
    spec: { text: "hi" },
  });
  assertEquals((await found).map(({ spec }) => spec.text), ["hi"]);

  const ends = waitFor(definitions, metadata, {
    condition: isDeleted(metadata),
    timeout: PATIENCE,
  });
  await definitions.delete(metadata);
  await ends;
});

Deno.test("isDeleted() tells an object from another of its name", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { name: "app", namespace: world.namespace };
  const { metadata } = await configMaps.create({ metadata: key });
  await configMaps.delete(key);
  await configMaps.create({ metadata: key });
  const other = await waitFor(configMaps, key, {
    condition: isDeleted(metadata),
    timeout: PATIENCE,
  });
  assertExists(other);
});
