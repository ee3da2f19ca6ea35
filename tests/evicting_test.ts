import { Pod, PodDisruptionBudget } from "@koprs/koprs/builtin";
import {
  ApiError,
  evict,
  isConflict,
  isDisruptionBlocked,
  isTooManyRequests,
  mergePatch,
} from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openWorld, type World } from "./world.ts";

Deno.test("evict() deletes a Pod that no budget protects", async () => {
  await using world = await openWorld();
  const { pods, key } = await runningPod(world);
  assertEquals(await evict(pods, key, { dryRun: true }), true);
  assertEquals(await pods.exists(key), true);
  const stale = { ...key, uid: "00000000-0000-0000-0000-000000000000" };
  assert(isConflict(await assertRejects(() => evict(pods, key, stale))));
  assertEquals(await evict(pods, key, { gracePeriodSeconds: 0 }), true);
  assertEquals(await pods.exists(key), false);
  assertEquals(await evict(pods, key), false);
});

Deno.test("evict() says that a budget forbids it, and when to ask again", async () => {
  await using world = await openWorld();
  const { pods, key } = await runningPod(world);
  const budgets = world.client.resource(PodDisruptionBudget);
  const { metadata: budget } = await budgets.create({
    metadata: { name: "web", namespace: world.namespace },
    spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
  });
  const unseen = await assertRejects(() => evict(pods, key), ApiError);
  assert(isDisruptionBlocked(unseen));
  assertEquals(unseen.retryAfter, 10_000);

  const spent = {
    observedGeneration: 1,
    disruptionsAllowed: 0,
    currentHealthy: 1,
    desiredHealthy: 1,
    expectedPods: 1,
  };
  const status = { subresource: "status" };
  await budgets.patch(budget, mergePatch({ status: spent }), status);
  const error = await assertRejects(() => evict(pods, key), ApiError);
  assert(isTooManyRequests(error));
  assert(isDisruptionBlocked(error));
  assertEquals(
    error.details?.causes?.[0]?.message,
    "The disruption budget web needs 1 healthy pods and has 1 currently",
  );
  assertEquals(await pods.exists(key), true);

  const left = { ...spent, disruptionsAllowed: 1, currentHealthy: 2 };
  await budgets.patch(budget, mergePatch({ status: left }), status);
  assertEquals(await evict(pods, key), true);
  const after = await budgets.get(budget);
  assertEquals(after?.status?.disruptionsAllowed, 0);
  assertEquals(Object.keys(after?.status?.disruptedPods ?? {}), ["web-1"]);
});

/** Makes a Pod that is ready, as far as the API server knows. */
async function runningPod({ client, namespace }: World) {
  const pods = client.resource(Pod);
  const key = { name: "web-1", namespace };
  await pods.create({
    metadata: { ...key, labels: { app: "web" } },
    spec: { containers: [{ name: "web", image: "web:1" }] },
  });
  const conditions = [{ type: "Ready", status: "True" }];
  await pods.patch(
    key,
    mergePatch({ status: { phase: "Running", conditions } }),
    { subresource: "status" },
  );
  return { pods, key };
}
