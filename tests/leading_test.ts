import { ConfigMap, Lease } from "@koprs/koprs/builtin";
import { type Client, waitFor } from "@koprs/koprs/core";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { ChildProgram } from "./child_program.ts";
import { LeaseHistory, type StoredWrite } from "./lease_history.ts";
import { openWorld, type World } from "./world.ts";

const PATIENCE = 30_000;
const PROGRAM = `import "${import.meta.resolve("./elected_program.ts")}";`;

/** Starts a candidate; its lease lasts so long, in milliseconds. */
async function startCandidate(
  world: World,
  identity: string,
  leaseDuration: number,
): Promise<ChildProgram> {
  return new ChildProgram(PROGRAM, {
    flags: ["--allow-env", "--allow-read", "--allow-net"],
    env: {
      KUBECONFIG: await world.kubeconfigFile(),
      NAMESPACE: world.namespace,
      IDENTITY: identity,
      LEASE_DURATION: String(leaseDuration),
    },
  });
}

/** Opens a world with something to do. */
async function openTask(): Promise<World> {
  const world = await openWorld();
  await world.client.resource(ConfigMap).create({
    metadata: { name: "task", namespace: world.namespace },
  });
  return world;
}

/** Who wrote, in the order in which the API server stored it. */
async function writes(
  { client, namespace }: { client: Client; namespace: string },
): Promise<StoredWrite[]> {
  const found: StoredWrite[] = [];
  const written = client.resource(ConfigMap).list({
    namespace,
    labelSelector: "journey/writer",
  });
  for await (const { metadata } of written) {
    const writer = metadata.labels?.["journey/writer"] ?? "";
    found.push({ writer, version: BigInt(metadata.resourceVersion) });
  }
  return found.sort((a, b) => a.version < b.version ? -1 : 1);
}

/** Fails unless first the one, then the other wrote, each as the leader. */
async function assertInTurn(
  history: LeaseHistory,
  world: World,
): Promise<void> {
  const found = await writes(world);
  const order = found.map(({ writer }) => writer);
  const turns = order.filter((writer, index) => writer !== order[index - 1]);
  assertEquals(turns, ["a", "b"]);
  await history.assertHeld(found);
}

Deno.test("one of two processes works, the other is ready, and SIGTERM hands over at once", async () => {
  await using world = await openTask();
  await using history = new LeaseHistory(world.client, world.namespace);
  // Long enough that nobody waits for its end in this test.
  await using a = await startCandidate(world, "a", 60_000);
  await a.line("wrote");
  await using b = await startCandidate(world, "b", 60_000);
  const { properties } = JSON.parse(await b.line('"message":"Serving"'));
  await b.line("Waiting for the Lease");
  await untilReady(`http://${properties.address}`);
  await a.line("wrote");
  const order = await writes(world);
  assertEquals([...new Set(order.map(({ writer }) => writer))], ["a"]);

  a.kill("SIGTERM");
  const { code, stdout } = await a.end();
  assertEquals([code, stdout.at(-1)], [0, "ended"]);
  await b.line("wrote");
  await assertInTurn(history, world);
});

Deno.test("a process that is killed is followed when its Lease is over", async () => {
  await using world = await openTask();
  await using history = new LeaseHistory(world.client, world.namespace);
  await using a = await startCandidate(world, "a", 5_000);
  await a.line("wrote");
  await using b = await startCandidate(world, "b", 5_000);
  await b.line("Waiting for the Lease");
  a.kill("SIGKILL");
  await b.line("wrote");
  await assertInTurn(history, world);
  const lease = await world.client.resource(Lease).get({
    name: "journey",
    namespace: world.namespace,
  });
  assertEquals(lease?.spec?.holderIdentity, "b");
  assertEquals(lease?.spec?.leaseTransitions, 1);
});

Deno.test("F88 a process that was stopped for 20 s writes nothing afterwards", async () => {
  await using world = await openTask();
  await using history = new LeaseHistory(world.client, world.namespace);
  await using a = await startCandidate(world, "a", 15_000);
  await a.line("wrote");
  await using b = await startCandidate(world, "b", 15_000);
  await b.line("Waiting for the Lease");
  a.kill("SIGUSR2");
  await a.line("holding"); // so that no write is on its way
  a.kill("SIGSTOP");
  const stopped = performance.now();
  do await b.line("wrote"); while (performance.now() - stopped < 20_000);
  a.kill("SIGUSR2"); // it hears of that when it wakes up, and goes on
  a.kill("SIGCONT");

  await a.line("refused: NotLeaderError");
  const { code, stderr } = await a.end();
  assertNotEquals(code, 0);
  assert(stderr.includes("NotLeaderError"), stderr);
  await b.line("wrote");
  await assertInTurn(history, world);
});

Deno.test("F113 SIGTERM lets a reconcile finish its write, and only then gives the Lease back", async () => {
  await using world = await openTask();
  const { client, namespace } = world;
  await using a = await startCandidate(world, "a", 60_000);
  await a.line("wrote");
  a.kill("SIGUSR2");
  await a.line("holding");
  const before = (await writes(world)).length;
  a.kill("SIGTERM");
  await a.line('"message":"Stopping"');
  const leases = client.resource(Lease);
  const key = { name: "journey", namespace };
  assertEquals((await leases.get(key))?.spec?.holderIdentity, "a");

  a.kill("SIGUSR2");
  await a.line("wrote after holding");
  const { code, stdout } = await a.end();
  assertEquals([code, stdout.at(-1)], [0, "ended"]);
  assertEquals((await writes(world)).length, before + 1);
  const lease = await waitFor(leases, key, {
    condition: (lease) => lease?.spec?.holderIdentity === "",
    timeout: PATIENCE,
  });
  assertEquals(lease?.spec?.leaseDurationSeconds, 1);
});

async function untilReady(url: string): Promise<void> {
  for (const signal = AbortSignal.timeout(PATIENCE);;) {
    const response = await fetch(`${url}/readyz`, { signal });
    const text = await response.text();
    if (text === "ok\n") return;
  }
}
