import { Lease } from "@koprs/koprs/builtin";
import { Client, LeaderElector, type LeaseRecord } from "@koprs/koprs/core";
import {
  FakeClock,
  type ScriptedExchange,
  ScriptedFetch,
} from "@koprs/koprs/testing";
import { assertEquals, assertExists, assertLess } from "@std/assert";

const path = "/apis/coordination.k8s.io/v1/namespaces/my-ns/leases";
const READ = { method: "GET", path: `${path}/op` } as const;
const CREATE = { method: "POST", path } as const;
const PATCH = { method: "PATCH", path: `${path}/op` } as const;

Deno.test("L a Lease that is missing is created with its holder, and read again after a conflict", async () => {
  const held = taken({ holderIdentity: "other", leaseDurationSeconds: 3_600 });
  const script = [
    { ...READ, status: 404 },
    { ...CREATE, status: 409 },
    { ...READ, reply: held },
  ];
  const { leads, specs } = await campaign(script);
  assertEquals(leads, false);
  const [created] = specs;
  assertEquals([created?.holderIdentity, created?.leaseTransitions], ["me", 0]);
});

Deno.test("L a Lease that another holds is left alone after one read", async () => {
  const held = taken({ holderIdentity: "other", leaseDurationSeconds: 3_600 });
  const { leads, specs } = await campaign([{ ...READ, reply: held }]);
  assertEquals([leads, specs], [false, []]);
});

Deno.test("L a Lease is taken over a whole term after it was seen, whatever time it names, by its version", async () => {
  const renewTime = "2001-01-01T00:00:00.000000Z";
  const spec = { holderIdentity: "other", leaseTransitions: 3, renewTime };
  const dead = taken({ ...spec, leaseDurationSeconds: 1 });
  for (const status of [200, 409]) {
    const reply = taken({ ...spec, holderIdentity: "me" }, "8");
    const { leads, specs, versions } = await campaign([
      { ...READ, reply: dead },
      { ...READ, reply: dead },
      { ...PATCH, ...(status === 200 ? { reply } : { status }) },
    ]);
    assertEquals(leads, status === 200);
    assertEquals(versions, ["7"]);
    const [next] = specs;
    assertEquals([next?.holderIdentity, next?.leaseTransitions], ["me", 4]);
    assertEquals(next?.leaseDurationSeconds, 15);
    assertEquals(next?.acquireTime, next?.renewTime);
  }
});

Deno.test("L our own Lease is renewed by its version, without a new term", async () => {
  const mine = taken({ holderIdentity: "me" });
  const { specs, versions } = await campaign([
    { ...READ, status: 404 },
    { ...CREATE, status: 201, reply: mine },
    { ...PATCH, reply: taken({ holderIdentity: "me" }, "8") },
  ]);
  const [first, second] = specs;
  assertEquals(versions, ["7"]);
  assertEquals([second?.holderIdentity, second?.leaseTransitions], ["me", 0]);
  assertExists(second?.renewTime);
  assertLess(first?.renewTime ?? "", second.renewTime);
});

Deno.test("L what the API server cannot do is tried again, and never the end", async () => {
  const { leads } = await campaign([
    { ...READ, status: 500 },
    { ...READ, status: 404 },
    { ...CREATE, status: 500 },
    { ...READ, status: 404 },
    { ...CREATE, status: 201, reply: taken({ holderIdentity: "me" }) },
  ]);
  assertEquals(leads, true);
});

Deno.test("C the times of a Lease are those that were asked for", async () => {
  const { specs } = await campaign([
    { ...READ, status: 404 },
    { ...CREATE, status: 201, reply: taken({ holderIdentity: "me" }) },
  ], { leaseDuration: 45_000, renewDeadline: 10_000, retryPeriod: 3_000 });
  assertEquals(specs[0]?.leaseDurationSeconds, 45);
});

function taken(spec: LeaseRecord, resourceVersion = "7") {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name: "op", namespace: "my-ns", resourceVersion },
    spec,
  };
}

/** Stands for the Lease until the script is over. */
async function campaign(
  script: readonly ScriptedExchange[],
  times: Partial<
    Record<"leaseDuration" | "renewDeadline" | "retryPeriod", number>
  > = {},
): Promise<{
  readonly leads: boolean;
  readonly specs: readonly LeaseRecord[];
  readonly versions: readonly string[];
}> {
  const scripted = new ScriptedFetch(script);
  const { fetch } = scripted;
  await using client = new Client(scripted.config, {
    fieldManager: "my-op",
    fetch,
  });
  const clock = new FakeClock();
  const elector = new LeaderElector(client.resource(Lease), {
    namespace: "my-ns",
    name: "op",
    identity: "me",
    clock,
    random: () => 0,
    ...times,
  });
  const stop = new AbortController();
  let leads = false;
  const ended = elector.acquire({ signal: stop.signal }).then(
    async (lease) => {
      leads = true;
      const { promise, resolve } = Promise.withResolvers<void>();
      stop.signal.addEventListener("abort", () => resolve());
      await promise;
      return lease;
    },
  ).catch(() => undefined);
  while (scripted.remaining.length > 0) await clock.advance(500);
  await clock.advance(0);
  scripted.check();
  const result = { leads, ...written(scripted) };
  stop.abort();
  const lease = await ended;
  const closing = lease?.[Symbol.asyncDispose]();
  await clock.advance(60_000);
  await closing;
  return result;
}

function written({ requests }: ScriptedFetch) {
  const bodies = requests.filter(({ method }) => method !== "GET")
    .map(({ body }) =>
      body as {
        readonly metadata: { readonly resourceVersion?: string };
        readonly spec: LeaseRecord;
      }
    );
  return {
    specs: bodies.map(({ spec }) => spec),
    versions: bodies.flatMap(({ metadata }) => metadata.resourceVersion ?? []),
  };
}
