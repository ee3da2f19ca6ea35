/**
 * Compares the machinery of a controller with bare loops: an empty reconcile,
 * the queue, and how long a long list holds up the event loop.
 *
 * Run with `deno run tests/bench/controller_bench.ts`.
 *
 * @module
 */
import { CacheRegistry } from "../../core/client/cache_registry.ts";
import type {
  InformedReader,
  Page,
  WatchEvent,
} from "../../core/client/resource_reader.ts";
import { Controller } from "../../core/controller/controller.ts";
import { WorkQueue } from "../../core/controller/work_queue.ts";
import { formatKey } from "../../core/kind/key.ts";
import type { Kind } from "../../core/kind/kind.ts";
import type { KubeObject } from "../../core/kind/object.ts";
import { Informer } from "../../core/watch/informer.ts";
import { Store } from "../../core/watch/store.ts";
import { longestBlock } from "./longest_block.ts";

const ROUNDS = 7;

const kind: Kind = {
  group: "",
  version: "v1",
  apiVersion: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  scope: "Namespaced",
};

function makeObjects(count: number, version: number): KubeObject[] {
  return Array.from({ length: count }, (_, index) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: `config-${index}`,
      namespace: `ns-${index % 100}`,
      uid: `uid-${index}`,
      resourceVersion: String(version + index),
      creationTimestamp: "2025-01-01T00:00:00Z",
      labels: { app: `app-${index % 1_000}` },
    },
    data: { key: "x".repeat(200) },
  }));
}

/** An API server that lists these objects, then says nothing. */
function readerOf(objects: readonly KubeObject[]): InformedReader<KubeObject> {
  return {
    kind,
    caches: new CacheRegistry(),
    async *pages(): AsyncIterableIterator<Page<KubeObject>> {},
    async *watchBatches(options = {}) {
      for (let at = 0; at < objects.length; at += 50) {
        yield objects.slice(at, at + 50).map((
          object,
        ): WatchEvent<KubeObject> => ({ type: "ADDED", object }));
        // As chunks of a connection arrive.
        if (at % 1_000 === 0) await new Promise((done) => setTimeout(done));
      }
      const resourceVersion = String(objects.length + 1_000_000);
      yield [{ type: "BOOKMARK", resourceVersion, initialEventsEnd: true }];
      await new Promise((resolve) =>
        options.signal?.addEventListener("abort", resolve)
      );
    },
  };
}

async function best(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await measure());
  return Math.min(...times);
}

async function bareReconciles(objects: readonly KubeObject[]): Promise<number> {
  const store = new Store<KubeObject>();
  store.replace(objects);
  const keys = objects.map(({ metadata }) => metadata);
  const reconcile = async (
    _object: KubeObject | undefined,
  ): Promise<void> => {};
  const start = performance.now();
  for (const key of keys) await reconcile(store.get(key));
  return performance.now() - start;
}

/** From the moment when all objects are queued until all are reconciled. */
async function reconciles(objects: readonly KubeObject[]): Promise<number> {
  const done = Promise.withResolvers<number>();
  let count = 0;
  let start = 0;
  const controller = new Controller(readerOf(objects), () => {
    if (count === 0) start = performance.now();
    if (++count === objects.length) done.resolve(performance.now() - start);
    return Promise.resolve();
  });
  const stop = new AbortController();
  const running = controller.run(stop);
  const time = await done.promise;
  stop.abort();
  await running;
  return time;
}

function bareQueue(keys: readonly string[]): Promise<number> {
  const start = performance.now();
  const known = new Set<string>();
  for (const key of keys) known.add(key);
  let taken = 0;
  for (const key of [...known]) {
    known.delete(key);
    taken++;
  }
  const time = performance.now() - start;
  if (taken !== keys.length) throw new Error("Cannot take all keys");
  return Promise.resolve(time);
}

async function queue(
  keys: readonly string[],
  options: (index: number) => { after?: number; priority?: number },
): Promise<number> {
  const { signal } = new AbortController();
  const queue = new WorkQueue();
  const start = performance.now();
  keys.forEach((key, index) => queue.add(key, options(index)));
  while (queue.ready > 0) queue.done(await queue.take({ signal }));
  const time = performance.now() - start;
  queue.shutDown();
  return time;
}

async function listBlock(objects: readonly KubeObject[]): Promise<number> {
  return await longestBlock(async () => {
    const informer = new Informer(readerOf(objects), {
      indexes: { app: ({ metadata }) => Object.values(metadata.labels ?? {}) },
    });
    informer.subscribe(() => {});
    const stop = new AbortController();
    const running = informer.run(stop);
    await informer.synced;
    stop.abort();
    await running;
  });
}

async function replaceAtOnce(objects: readonly KubeObject[]): Promise<number> {
  return await longestBlock(() => {
    const store = new Store<KubeObject>({
      indexes: { app: ({ metadata }) => Object.values(metadata.labels ?? {}) },
    });
    store.replace(objects);
    return Promise.resolve();
  });
}

function print(line: string): void {
  // deno-lint-ignore no-console
  console.log(line);
}

const few = makeObjects(20_000, 1);
const bare = await best(() => bareReconciles(few));
const ours = await best(() => reconciles(few));
const each = (time: number): string =>
  `${(time * 1_000 / few.length).toFixed(2)} µs`;
print(
  `empty reconcile: bare loop ${each(bare)}, controller ${each(ours)}, ` +
    `overhead ${each(ours - bare)} (budget 10 µs)`,
);

const keys = few.map(({ metadata }) => formatKey(metadata));
const set = await best(() => bareQueue(keys));
for (
  const [what, options] of [
    ["one priority", () => ({})],
    ["10 priorities", (index: number) => ({ priority: index % 10 })],
    ["20,000 priorities", (index: number) => ({ priority: index })],
  ] as const
) {
  const time = await best(() => queue(keys, options));
  print(
    `queue, ${what}: add, take and done ${each(time)}, ` +
      `${(time / set).toFixed(1)} times a bare Set`,
  );
}

const many = makeObjects(100_000, 1);
const atOnce = await best(() => replaceAtOnce(many));
const sliced = await best(() => listBlock(many));
print(
  `list of 100,000 objects: longest block ${sliced.toFixed(0)} ms ` +
    `(budget 50 ms), ${(sliced / atOnce).toFixed(2)} of one replace at once`,
);
