import { Secret, ServiceAccount } from "@koprs/koprs/builtin";
import { mergePatch, waitFor } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { SecretSync } from "../../examples/multicontroller/secret_sync.ts";
import { SECRETS } from "../../examples/multicontroller/secret_sync_controller.ts";
import { ServiceAccountSync } from "../../examples/multicontroller/service_account_sync.ts";
import { SERVICE_ACCOUNTS } from "../../examples/multicontroller/service_account_sync_controller.ts";
import { GOOD_LIFE, openExampleWorld } from "./example_world.ts";

const timeout = 20_000;

Deno.test("multicontroller lives its whole life under its role, and needs all of it", async () => {
  await using world = await openExampleWorld("multicontroller", {
    kinds: [SecretSync, ServiceAccountSync],
    managers: ["multicontroller-operator", SECRETS, SERVICE_ACCOUNTS],
  });
  const { client, namespace, otherNamespace } = world;
  const secretSyncs = client.resource(SecretSync);
  const accountSyncs = client.resource(ServiceAccountSync);
  const secrets = client.resource(Secret);
  const accounts = client.resource(ServiceAccount);
  const key = { name: "app", namespace };
  const untilSynced = async (generation: number) => {
    for (const syncs of [secretSyncs, accountSyncs]) {
      await waitFor(syncs, key, {
        condition: (sync?: SecretSync | ServiceAccountSync) =>
          sync?.status?.ready === true &&
          sync.status.observedGeneration === generation,
        timeout,
      });
    }
  };
  const program = await world.startProgram({
    args: [`--namespace=${namespace}`],
  });

  const targetNamespace = otherNamespace;
  await secretSyncs.create({
    metadata: key,
    spec: { targetNamespace, stringData: { color: "blue" } },
  });
  await accountSyncs.create({
    metadata: key,
    spec: { targetNamespace, automountToken: false, imagePullSecrets: [] },
  });
  await untilSynced(1);
  const child = { name: "ss-app", namespace: otherNamespace };
  const data = { color: btoa("red") };
  await secrets.patch(child, mergePatch({ data }));
  await waitFor(secrets, child, {
    condition: (secret) => secret?.data?.color === btoa("blue"),
    timeout,
  });
  for (const syncs of [secretSyncs, accountSyncs]) {
    const spec = { targetNamespace: namespace };
    await syncs.patch(key, mergePatch({ spec }));
  }
  await untilSynced(2);
  await secretSyncs.delete(key);
  await accountSyncs.delete(key);
  await waitFor(secretSyncs, key, { condition: (sync) => !sync, timeout });
  await waitFor(accountSyncs, key, { condition: (sync) => !sync, timeout });
  assertEquals(await secrets.exists({ ...child, namespace }), false);
  assertEquals(await accounts.exists({ name: "sas-app", namespace }), false);

  assertEquals(await world.endProgram(program), GOOD_LIFE);
});
