import { ConfigMap, Lease } from "@koprs/koprs/builtin";
import { Controller, metricsFor, run, type Runnable } from "@koprs/koprs/core";
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { Registry } from "prom-client";
import { freeAddress } from "../free_address.ts";
import { openWorld } from "../world.ts";

Deno.test("C health: /healthz is ok before all is ready, /readyz names what is not, and other paths are 404", async () => {
  const url = freeAddress();
  let isReady = false;
  const started = Promise.withResolvers<void>();
  const slow: Runnable = {
    name: "slow",
    run: ({ signal }) => {
      started.resolve();
      return untilAborted(signal);
    },
    ready: () => isReady,
  };
  const stop = new AbortController();
  const running = run([slow], {
    probes: { hostname: "127.0.0.1", port: Number(new URL(url).port) },
    signal: stop.signal,
    signals: false,
    logging: false,
  });
  const ask = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return [response.status, (await response.text()).trim()];
  };
  await started.promise;
  assertEquals(await ask("/healthz"), [200, "ok"]);
  assertEquals(await ask("/livez"), [200, "ok"]);
  assertEquals(await ask("/readyz"), [503, "Not ready: slow"]);
  isReady = true;
  assertEquals(await ask("/readyz"), [200, "ok"]);
  assertEquals((await ask("/unknown"))[0], 404);
  stop.abort();
  assertEquals(await running, { reason: "aborted" });
});

Deno.test("C run() serves, elects and stops as it is told, all at once, and says why it ended", async () => {
  await using world = await openWorld();
  const { client, namespace } = world;
  const url = freeAddress();
  const address = { hostname: "127.0.0.1", port: Number(new URL(url).port) };
  const reconciled = Promise.withResolvers<void>();
  const controller = new Controller(client.resource(ConfigMap), () => {
    reconciled.resolve();
    return Promise.resolve();
  }, { namespace, name: "maps", concurrency: 2, timeout: 30_000 });
  const stop = new AbortController();
  const leases = client.resource(Lease);
  const running = run([controller], {
    probes: address,
    metrics: { ...address, registry: new Registry() },
    leaderElection: { resource: leases, namespace, name: "op" },
    gracePeriod: 5_000,
    signal: stop.signal,
    logging: false,
  });
  const metadata = { name: "app", namespace };
  await client.resource(ConfigMap).create({ metadata });
  await reconciled.promise;

  const metrics = await fetch(`${url}/metrics`);
  assertEquals(metrics.status, 200);
  assertStringIncludes(await metrics.text(), "leader_election_master_status");
  const unknown = await fetch(`${url}/nope`);
  assertEquals(unknown.status, 404);
  await unknown.body?.cancel();
  const lease = await leases.get({ name: "op", namespace });
  const { holderIdentity, leaseDurationSeconds } = lease?.spec ?? {};
  assert(holderIdentity);
  assertNotEquals(holderIdentity, "unknown");
  assertEquals(leaseDurationSeconds, 15);

  stop.abort();
  assertEquals(await running, { reason: "aborted" });
  const released = await leases.get({ name: "op", namespace });
  assertEquals(released?.spec?.holderIdentity ?? "", "");
});

Deno.test("OB the metrics of the original are there, with a prefix, and errors only after one", async () => {
  assertEquals((await new Registry().metrics()).trim(), "");
  const registry = new Registry();
  const metrics = metricsFor(registry);
  const labels = { controller: "maps" };
  for (const duration of [0.2, 0.4]) {
    metrics.reconciliations.inc({ ...labels, result: "success" });
    metrics.reconcileDuration.observe(labels, duration);
  }
  const before = await registry.metrics();
  for (
    const line of [
      'koprs_reconciliations_total{controller="maps",result="success"} 2',
      'koprs_reconcile_duration_seconds_count{controller="maps"} 2',
      'koprs_reconcile_duration_seconds_bucket{le="0.25",controller="maps"} 1',
    ]
  ) assertStringIncludes(before, line);
  assert(!before.includes("koprs_reconcile_errors_total{"));
  metrics.reconcileErrors.inc(labels);
  const after = await registry.metrics();
  assertStringIncludes(
    after,
    'koprs_reconcile_errors_total{controller="maps"} 1',
  );
  const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
  for (const bucket of buckets) {
    assertStringIncludes(after, `seconds_bucket{le="${bucket}",`);
  }
});

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
