import { assertEquals } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Controller,
  type NamespacedKey,
  type Source,
  start,
} from "@koprs/koprs/core";
import {
  ExternalWatcher,
  MemoryStore,
  objectStorePoller,
  pollSource,
  streamSource,
} from "@koprs/koprs/external";
import { FakeClock } from "@koprs/koprs/testing";
import { ScriptedPoller } from "./external/scripted_poller.ts";
import { openWorld } from "./world.ts";

/** Starts sources as a controller does, over a store of two objects. */
function startSource(source: Source<ConfigMap>) {
  const keys: NamespacedKey[] = ["a", "b"].map((name) => ({
    name,
    namespace: "default",
  }));
  const enqueued: string[] = [];
  const stop = new AbortController();
  let synced = false;
  const started = source.start({
    // A source reads no more of the store than its mapper does.
    store: { keys: () => keys } as never,
    enqueue: ({ name }, { reason }) => enqueued.push(`${name}: ${reason}`),
    signal: stop.signal,
  });
  const syncing = started.synced.then(() => synced = true);
  return {
    enqueued,
    isSynced: () => synced,
    stop: async () => {
      stop.abort();
      await started.done;
      await syncing;
    },
  };
}

const every = { interval: 1_000, jitter: 0 } as const;

Deno.test("pollSource() asks for reconciles, and is synced after the first poll", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["flag"], [], ["flag"]]);
  const source = pollSource<string, ConfigMap>(
    poller,
    (_event, store) => store.keys(),
    { ...every, clock },
  );
  const started = startSource(source);
  assertEquals(started.isSynced(), false);
  await clock.advance(0);
  assertEquals(started.isSynced(), true);
  await clock.advance(2_000);
  assertEquals(started.enqueued, [
    "a: scripted added",
    "b: scripted added",
    "a: scripted modified",
    "b: scripted modified",
  ]);
  await started.stop();
  assertEquals(clock.pending, 0);
});

Deno.test("F166: pollSource() whose source is down holds nobody up", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([new Error("down"), ["flag"]]);
  const source = pollSource<string, ConfigMap>(
    poller,
    (_event, store) => store.keys(),
    { ...every, clock },
  );
  const started = startSource(source);
  await clock.advance(0);
  assertEquals([started.isSynced(), started.enqueued], [true, []]);
  await clock.advance(2_000);
  assertEquals(started.enqueued.length, 2);
  await started.stop();
});

Deno.test("F166: pollSource() tells an event again when its mapper has thrown", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["flag"]]);
  let calls = 0;
  const source = pollSource<string, ConfigMap>(poller, (_event, store) => {
    if (calls++ === 0) throw new TypeError("mapper");
    return store.keys();
  }, { ...every, clock });
  const started = startSource(source);
  await clock.advance(2_000);
  assertEquals(started.enqueued.length, 2);
  assertEquals(poller.takenKeys, ["flag"]);
  await started.stop();
});

Deno.test("F167: pollSource() asks for nothing after it was stopped", async () => {
  const answer = Promise.withResolvers<void>();
  const poller = new ScriptedPoller([["flag"]]);
  const source = pollSource<string, ConfigMap>({
    name: "late",
    poll: async () => {
      await answer.promise; // heeds no signal
      return await poller.poll();
    },
  }, (_event, store) => store.keys());
  const started = startSource(source);
  await started.stop();
  answer.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(started.enqueued, []);
  assertEquals(poller.takenKeys, []);
});

Deno.test("streamSource() asks for reconciles, and opens a broken stream again", async () => {
  const clock = new FakeClock();
  let opened = 0;
  async function* stream() {
    opened++;
    yield await Promise.resolve(opened);
    if (opened < 3) throw new Error("broken");
  }
  const source = streamSource<number, ConfigMap>(
    stream,
    (_item, store) => store.keys(),
    { name: "numbers", clock, retryDelay: 1_000 },
  );
  const started = startSource(source);
  await clock.advance(0);
  assertEquals([opened, started.isSynced()], [1, true]);
  assertEquals(started.enqueued, ["a: numbers", "b: numbers"]);
  await clock.advance(2_000);
  await clock.advance(2_000);
  assertEquals(opened, 3); // the third one ends by itself
  await clock.advance(60_000);
  assertEquals([opened, started.enqueued.length], [3, 6]);
  await started.stop();
  assertEquals(clock.pending, 0);
});

Deno.test("streamSource() ends within a second when a stream heeds no signal", async () => {
  const clock = new FakeClock();
  const source = streamSource<number, ConfigMap>(
    () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: () => new Promise(() => {}),
      }),
    }),
    () => [],
    { name: "stuck", clock },
  );
  const started = startSource(source);
  await clock.advance(0);
  const stopped = started.stop();
  await clock.advance(1_000);
  await stopped;
  assertEquals(clock.pending, 0);
});

Deno.test("X: a change outside reconciles the right objects, on a controller", async () => {
  await using world = await openWorld();
  const { client, namespace } = world;
  const configMaps = client.resource(ConfigMap);
  const labels = { app: "web" };
  for (const name of ["blue", "red"]) {
    await configMaps.create({ metadata: { name, namespace, labels } });
  }
  const clock = new FakeClock();
  const store = new MemoryStore();
  const watcher = new ExternalWatcher(objectStorePoller(store), {
    ...every,
    clock,
  });
  const reconciled: string[] = [];
  const controller = new Controller(configMaps, ({ metadata }, { reasons }) => {
    reconciled.push(`${metadata.name}: ${[...reasons].join()}`);
    return Promise.resolve();
  }, {
    namespace,
    labelSelector: "app=web",
    sources: [
      pollSource(
        objectStorePoller(store, { prefix: "polled/" }),
        ({ key }, known) =>
          [...known.keys()].filter(({ name }) => key === `polled/${name}`),
        { ...every, clock },
      ),
      streamSource(
        ({ signal }) => watcher.events({ signal }),
        ({ key }, known) =>
          [...known.keys()].filter(({ name }) => key === `watched/${name}`),
        { name: "watcher" },
      ),
    ],
  });
  await using _watching = start(watcher);
  await using running = start(controller);
  await running.ready;
  const settled = async (count: number) => {
    for (let turn = 0; turn < 1_000 && reconciled.length < count; turn++) {
      await clock.advance(100);
    }
    return reconciled.splice(0).sort();
  };
  assertEquals(await settled(2), ["blue: initial", "red: initial"]);
  store.put("polled/blue", "1");
  assertEquals(await settled(1), ["blue: memory/polled/ added"]);
  store.put("watched/red", "1");
  assertEquals(await settled(1), ["red: watcher"]);
});
