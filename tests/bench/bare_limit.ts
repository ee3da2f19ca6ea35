import type { Client } from "@koprs/koprs/core";
import { type BenchWorld, createWorld, wantedData } from "./bench_world.ts";
import { eachConcurrently } from "./each_concurrently.ts";
import { readProcessStat } from "./process_stat.ts";

/** What the writes of an operator cost when nothing else is done. */
export interface BareLimit {
  /** Milliseconds for all objects. */
  readonly ms: number;
  /** Seconds of our CPU time. */
  readonly cpu: number;
}

/** Options of {@linkcode measureBareLimit}. */
export interface MeasureBareLimitOptions {
  /** How many objects. */
  readonly objects: number;
  /** How many are written at a time. */
  readonly workers: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Measures the four writes that each object costs, in a loop: what no operator
 * on this client and this server can beat.
 *
 * @param client Who writes.
 * @param options How many objects, and how many at a time.
 * @returns What it cost.
 */
export async function measureBareLimit(
  client: Client,
  { objects, workers, signal }: MeasureBareLimitOptions,
): Promise<BareLimit> {
  const label = "limit";
  await using world = await createWorld(client, { objects, label, signal });
  const { cpu } = await readProcessStat(Deno.pid);
  const start = performance.now();
  await eachConcurrently(world.names, {
    width: workers,
    task: (name) => writeFour(world, { name, signal }),
  });
  const ms = performance.now() - start;
  return { ms, cpu: (await readProcessStat(Deno.pid)).cpu - cpu };
}

async function writeFour(
  { syncs, configMaps, events, namespace }: BenchWorld,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<void> {
  const time = new Date().toISOString();
  const options = { force: true, signal };
  const metadata = { name, namespace };
  await syncs.apply({
    metadata: {
      ...metadata,
      finalizers: ["configmapsync.example.io/cleanup"],
      labels: { "configmapsync.example.io/synced-to": namespace },
    },
  }, options);
  await configMaps.apply({
    metadata: {
      name: `cms-${name}`,
      namespace,
      labels: { "configmapsync.example.io/owner": name },
    },
    data: wantedData(name, 0),
  }, options);
  await events.create({
    metadata: { name: `${name}.0`, namespace },
    eventTime: time.replace("Z", "000Z"), // microseconds
    reportingController: "example.io/limit",
    reportingInstance: "limit",
    action: "Sync",
    reason: "ConfigMapCreated",
    note: `ConfigMap 'cms-${name}' created in namespace '${namespace}'`,
    type: "Normal",
    regarding: { kind: "ConfigMapSync", ...metadata },
  }, { signal });
  await syncs.applyStatus({
    metadata,
    status: {
      ready: true,
      message: `ConfigMap 'cms-${name}' synced to namespace '${namespace}'`,
      observedGeneration: 1,
      conditions: [{
        type: "Ready",
        status: "True",
        reason: "ConfigMapSynced",
        message: "synced",
        lastTransitionTime: `${time.slice(0, 19)}Z`,
        observedGeneration: 1,
      }],
    },
  }, options);
}
