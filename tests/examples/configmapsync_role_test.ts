import { ConfigMap } from "@koprs/koprs/builtin";
import { mergePatch, waitFor } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import { GOOD_LIFE, openExampleWorld } from "./example_world.ts";

const timeout = 20_000;

Deno.test("configmapsync lives its whole life under its role, and needs all of it", async () => {
  await using world = await openExampleWorld("configmapsync", {
    kinds: [ConfigMapSync],
  });
  const { client, namespace, otherNamespace } = world;
  const syncs = client.resource(ConfigMapSync);
  const configMaps = client.resource(ConfigMap);
  const untilChild = (within: string, wanted?: string) =>
    waitFor(configMaps, { name: "cms-app", namespace: within }, {
      condition: (child) => child?.data?.color === wanted,
      timeout,
    });
  const program = await world.startProgram({
    args: [`--namespace=${namespace}`],
  });

  const { metadata } = await syncs.create({
    metadata: { name: "app", namespace },
    spec: { targetNamespace: otherNamespace, data: { color: "blue" } },
  });
  const child = await untilChild(otherNamespace, "blue");
  if (child === undefined) throw new Error("It is gone");
  await configMaps.patch(
    child.metadata,
    mergePatch({ data: { color: "red" } }),
  );
  await untilChild(otherNamespace, "blue");
  await syncs.patch(
    metadata,
    mergePatch({ spec: { targetNamespace: namespace } }),
  );
  await untilChild(namespace, "blue");
  await untilChild(otherNamespace, undefined);
  await waitFor(syncs, metadata, {
    condition: (sync) => sync?.status?.observedGeneration === 2,
    timeout,
  });
  await syncs.delete(metadata);
  await waitFor(syncs, metadata, { condition: (sync) => !sync, timeout });
  await untilChild(namespace, undefined);

  assertEquals(await world.endProgram(program), GOOD_LIFE);
});
