import { assertEquals } from "@std/assert";
import { ExternalWatcher } from "@koprs/koprs/external";
import { FakeClock } from "@koprs/koprs/testing";
import { ScriptedPoller } from "./external/scripted_poller.ts";

const every = { interval: 1_000, jitter: 0 } as const;

Deno.test("F164: ExternalWatcher merges for each slow consumer, and polls on", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["a"], ["a"], ["a", "b"], ["-a"]]);
  const watcher = new ExternalWatcher(poller, { ...every, clock });
  const stop = new AbortController();
  const { signal } = stop;
  const slow = watcher.events({ signal });
  const fast: string[] = [];
  const reading = (async () => {
    for await (const { type, key } of watcher.events({ signal })) {
      fast.push(`${type} ${key}`);
    }
  })();
  const first = slow.next();
  const running = watcher.run({ signal });
  await clock.advance(0);
  assertEquals((await first).value?.type, "added");
  await clock.advance(3_000);
  assertEquals(poller.polls, 4);
  assertEquals(fast, [
    "added a",
    "modified a",
    "modified a",
    "added b",
    "removed a",
  ]);
  const late = await Array.fromAsync([slow.next(), slow.next()]);
  assertEquals(
    late.map(({ value }) => `${value?.type} ${value?.key}`),
    ["added b", "removed a"],
  );
  assertEquals([...watcher.entries()].map(([key]) => key), ["b"]);
  stop.abort();
  await Promise.all([running, reading]);
});

Deno.test("ExternalWatcher tells a late consumer all there is", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["a", "b"], ["-a"]]);
  const watcher = new ExternalWatcher(poller, { ...every, clock });
  const stop = new AbortController();
  const running = watcher.run(stop);
  await clock.advance(1_000);
  const { value } = await watcher.events(stop).next();
  assertEquals([value?.type, value?.key], ["added", "b"]);
  assertEquals([watcher.get("a"), watcher.get("b")], [undefined, "b"]);
  stop.abort();
  await running;
});

Deno.test("F144: ExternalWatcher is ready after a good poll, and no longer after five bad ones", async () => {
  const clock = new FakeClock();
  const bad = Array.from({ length: 5 }, () => new Error("down"));
  const poller = new ScriptedPoller([new Error("down"), ["a"], ...bad, []]);
  const watcher = new ExternalWatcher(poller, { ...every, clock });
  const stop = new AbortController();
  const running = watcher.run(stop);
  const ready: boolean[] = [];
  for (let polls = 1; polls <= 8; polls++) {
    while (poller.polls < polls) await clock.advance(1_000);
    ready.push(watcher.ready());
  }
  assertEquals(ready, [false, true, true, true, true, true, false, true]);
  assertEquals(watcher.get("a"), "a"); // an outage removes nothing
  stop.abort();
  await running;
});
