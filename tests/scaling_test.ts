import { Deployment } from "@koprs/koprs/builtin";
import {
  getReplicas,
  isConflict,
  isNotFound,
  Scale,
  setReplicas,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertExists, assertRejects } from "@std/assert";
import { deploymentManifest } from "./deployment_manifest.ts";
import { openWorld } from "./world.ts";

Deno.test("setReplicas() changes the number alone, and getReplicas() reads it", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const { metadata } = await deployments.create(deploymentManifest(world));
  assertEquals(await getReplicas(deployments, metadata), 1);
  for (const replicas of [3, 0]) {
    await setReplicas(deployments, metadata, replicas);
    assertEquals(await getReplicas(deployments, metadata), replicas);
  }
  await setReplicas(deployments, metadata, 5, { dryRun: true });
  const deployment = await deployments.get(metadata);
  assertEquals(deployment?.spec?.replicas, 0);

  const missing = { name: "missing", namespace: world.namespace };
  assertEquals(await getReplicas(deployments, missing), undefined);
  const error = await assertRejects(() => setReplicas(deployments, missing, 1));
  assert(isNotFound(error));
});

Deno.test("SubresourceClient.update() and apply() change the scale of the version that was read", async () => {
  await using world = await openWorld();
  const deployments = world.client.resource(Deployment);
  const { metadata } = await deployments.create(deploymentManifest(world));
  const scales = deployments.subresource(Scale);
  const read = await scales.get(metadata);
  assertExists(read);
  assertEquals(read.status.selector, "app=web");

  const updated = await scales.update(metadata, {
    ...read,
    spec: { replicas: 2 },
  });
  assertEquals(updated.spec.replicas, 2);
  const stale = { ...read, spec: { replicas: 4 } };
  assert(isConflict(
    await assertRejects(() => scales.update(metadata, stale)),
  ));
  const applied = await scales.apply(metadata, { spec: { replicas: 6 } }, {
    fieldManager: "scaler",
    force: true,
  });
  assertEquals(applied.spec.replicas, 6);
  assertEquals(await getReplicas(deployments, metadata), 6);
});
