/**
 * `deno task bench:controller`: an empty reconcile beside a bare loop, and how
 * long a long list holds up the event loop.
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
import type { Kind } from "../../core/kind/kind.ts";
import type { KubeObject } from "../../core/kind/object.ts";
import { Informer } from "../../core/watch/informer.ts";
import { Store } from "../../core/watch/store.ts";
import { best } from "./best.ts";
import { longestBlock } from "./longest_block.ts";

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

const many = makeObjects(100_000, 1);
const atOnce = await best(() => replaceAtOnce(many));
const sliced = await best(() => listBlock(many));
print(
  `list of 100,000 objects: longest block ${sliced.toFixed(0)} ms ` +
    `(budget 50 ms), ${(sliced / atOnce).toFixed(2)} of one replace at once`,
);
