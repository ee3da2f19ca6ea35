import { Lease } from "@koprs/koprs/builtin";
import { Client, mergePatch, waitFor } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { tellDemo } from "../examples/multicontroller/demo.ts";
import { SecretSync } from "../examples/multicontroller/secret_sync.ts";
import { ServiceAccountSync } from "../examples/multicontroller/service_account_sync.ts";
import { freeAddress } from "./free_address.ts";
import { openSyncWorld, type SyncWorld } from "./multicontroller_world.ts";
import { OperatorProgram } from "./operator_program.ts";
import { serve } from "./served_kind.ts";

const LEASE = "multicontroller-operator-leader";
const timeout = 20_000;

Deno.test("the multicontroller program runs both controllers behind one Lease and one port, and ends on SIGTERM", async () => {
  await using world = await openSyncWorld();
  const { namespace, secretSyncs, accountSyncs } = world;
  const url = freeAddress();
  const { port } = new URL(url);
  await using program = await runProgram(world, [
    `--health-port=${port}`,
    `--metrics-port=${port}`,
  ]);
  const password = "canary-5f2b8c1d";
  await world.createSecretSync("db", { stringData: { password } });
  await world.createAccountSync("app");
  await world.untilReady(secretSyncs, "db");
  await world.untilReady(accountSyncs, "app");

  assertEquals(await textOf(`${url}/readyz`), "ok");
  const metrics = await textOf(`${url}/metrics`);
  for (const controller of ["secretsync", "serviceaccountsync"]) {
    assertMatch(metrics, new RegExp(`workqueue_adds_total.*="${controller}"`));
  }
  const leases = await Array.fromAsync(
    world.client.resource(Lease).list({ namespace }),
  );
  assertEquals(leases.map(({ metadata }) => metadata.name), [LEASE]);

  const { code, stdout, stderr } = await program.terminate();
  assertEquals({ code, stderr }, { code: 0, stderr: [] });
  const text = stdout.join("\n");
  assert(text.includes("apply") || text.includes("PATCH"), text);
  for (const form of [password, btoa(password)]) assert(!text.includes(form));
});

Deno.test("20.6 the multicontroller program ends with an error when it loses the Lease, and never half", async () => {
  await using world = await openSyncWorld();
  const { namespace, secretSyncs } = world;
  await using program = await runProgram(world);
  await world.createSecretSync("db", { stringData: { a: "1" } });
  await world.untilReady(secretSyncs, "db");

  const spec = { holderIdentity: "somebody else" };
  await world.client.resource(Lease).patch(
    { name: LEASE, namespace },
    mergePatch({ spec }),
  );
  const { code } = await program.end();
  assertNotEquals(code, 0);
});

Deno.test("20.6 the multicontroller program works before the other kind is served, and on it once it is", async () => {
  await using server = new FakeApiServer({ kinds: [SecretSync] });
  await using client = new Client(server.config, { fieldManager: "person" });
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(path, server.kubeconfig);
  await using program = new OperatorProgram({
    example: "multicontroller",
    env: { KUBECONFIG: path },
  });
  const metadata = { name: "app", namespace: "default" };
  const targetNamespace = "default";
  const secretSyncs = client.resource(SecretSync);
  await secretSyncs.create({
    metadata,
    spec: { targetNamespace, stringData: { a: "1" } },
  });
  const isReady = (sync?: {
    readonly status?: { readonly ready?: boolean };
  }): boolean => sync?.status?.ready === true;
  await waitFor(secretSyncs, metadata, { condition: isReady, timeout });

  await serve(client, ServiceAccountSync);
  const accountSyncs = client.resource(ServiceAccountSync);
  await accountSyncs.create({
    metadata,
    spec: { targetNamespace, automountToken: false, imagePullSecrets: [] },
  });
  await waitFor(accountSyncs, metadata, { condition: isReady, timeout });
  const { code, stderr } = await program.terminate();
  assertEquals({ code, stderr }, { code: 0, stderr: [] });
  await Deno.remove(path);
});

Deno.test("multicontroller tells its story", async () => {
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line));
  assertEquals(lines.filter((line) => line.includes("✓")).length, 10);
});

async function runProgram(
  world: SyncWorld,
  args: readonly string[] = [],
): Promise<OperatorProgram> {
  const { namespace } = world;
  return new OperatorProgram({
    example: "multicontroller",
    args: [
      `--namespace=${namespace}`,
      "--leader-election=true",
      `--lease-namespace=${namespace}`,
      ...args,
    ],
    env: {
      KUBECONFIG: await world.kubeconfigFile(),
      KOPRS_LOG: "debug",
    },
  });
}

async function textOf(url: string): Promise<string> {
  return (await (await fetch(url)).text()).trim();
}
