import { assertEquals } from "@std/assert";
import { EventQueue } from "./event_queue.ts";
import type { ExternalEvent } from "./external_event.ts";

type Type = ExternalEvent<number>["type"];

Deno.test("EventQueue merges events of one key into what the consumer missed", async () => {
  const cases: readonly (readonly [Type, Type, Type | undefined])[] = [
    ["added", "modified", "added"],
    ["added", "removed", undefined],
    ["modified", "modified", "modified"],
    ["modified", "removed", "removed"],
    ["removed", "added", "modified"],
  ];
  for (const [first, second, merged] of cases) {
    const queue = new EventQueue<number>();
    queue.push({ type: first, key: "a", object: 1 });
    queue.push({ type: second, key: "a", object: 2 });
    queue.close();
    const events = await Array.fromAsync(queue.read());
    assertEquals(
      events,
      merged === undefined ? [] : [{ type: merged, key: "a", object: 2 }],
    );
  }
});

Deno.test("EventQueue.read() waits for events and ends when it is closed", async () => {
  const queue = new EventQueue<number>();
  const reading = Array.fromAsync(queue.read());
  await Promise.resolve();
  queue.push({ type: "added", key: "a", object: 1 });
  await Promise.resolve();
  queue.push({ type: "added", key: "b", object: 2 });
  queue.close();
  assertEquals((await reading).map(({ key }) => key), ["a", "b"]);
});

Deno.test("EventQueue.read() ends when the signal aborts", async () => {
  const queue = new EventQueue<number>();
  const stop = new AbortController();
  const reading = Array.fromAsync(queue.read({ signal: stop.signal }));
  await Promise.resolve();
  stop.abort();
  assertEquals(await reading, []);
});
