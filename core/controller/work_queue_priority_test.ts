import { assertEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { WorkQueue } from "./work_queue.ts";

const { signal } = new AbortController();

/** Takes and gives back all that is ready. */
async function drain(queue: WorkQueue): Promise<string[]> {
  const keys: string[] = [];
  while (queue.ready > 0) keys.push(await queue.take({ signal }));
  for (const key of keys) queue.done(key);
  return keys;
}

Deno.test("WorkQueue.take() gives the most important key first", async () => {
  const queue = new WorkQueue();
  queue.add("initial", { priority: -1 });
  queue.add("change");
  queue.add("urgent", { priority: 10 });
  queue.add("other");
  assertEquals(await drain(queue), ["urgent", "change", "other", "initial"]);
});

Deno.test("WorkQueue.add() raises a priority, and never lowers it", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  for (const key of ["a", "b", "c"]) queue.add(key, { priority: -1 });
  queue.add("c");
  queue.add("a", { priority: -2 });
  queue.add("d", { after: 10, priority: 5 });
  queue.add("d", { after: 5 });
  assertEquals([queue.ready, queue.size], [3, 4]);
  await clock.advance(10);
  assertEquals(await drain(queue), ["d", "c", "a", "b"]);
});

Deno.test("WorkQueue.add() raises the priority of a key in work for its next turn", async () => {
  const queue = new WorkQueue();
  queue.add("a");
  await queue.take({ signal });
  queue.add("a", { priority: -1 });
  queue.add("a", { priority: 1 });
  queue.add("b");
  queue.done("a");
  assertEquals(await drain(queue), ["a", "b"]);
});

Deno.test("WorkQueue.take() starves no key, however many are more important", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock, ageing: 1_000 });
  queue.add("poor", { priority: -5 });
  let turns = 0;
  for (let key = ""; key !== "poor"; turns++) {
    queue.add(`rich-${turns}`);
    queue.add(`richer-${turns}`);
    await clock.advance(100);
    key = await queue.take({ signal });
    queue.done(key);
  }
  // What came within 5 s of it goes first: two keys each 100 ms.
  assertEquals(turns, 101);
});

Deno.test("WorkQueue.take() lets namespaces take turns", async () => {
  const queue = new WorkQueue();
  for (let i = 0; i < 4; i++) queue.add(`busy/${i}`);
  for (let i = 0; i < 2; i++) queue.add(`calm/${i}`);
  queue.add("cluster-scoped");
  queue.add("busy/urgent", { priority: 1 });
  assertEquals(await drain(queue), [
    "busy/urgent",
    "busy/0",
    "calm/0",
    "cluster-scoped",
    "busy/1",
    "calm/1",
    "busy/2",
    "busy/3",
  ]);
});

Deno.test("WorkQueue tells how long a key could have been taken", async () => {
  const clock = new FakeClock();
  const waited: number[] = [];
  const queue = new WorkQueue({ clock, onTaken: (ms) => waited.push(ms) });
  queue.add("a", { after: 100 });
  await clock.advance(130);
  await drain(queue);
  assertEquals(waited, [30]);
});

Deno.test("WorkQueue.add() throws for a priority that orders nothing", () => {
  const queue = new WorkQueue();
  assertThrows(
    () => queue.add("a", { priority: NaN }),
    RangeError,
    'Cannot queue "a": its priority is NaN',
  );
  assertThrows(() => queue.add("a", { priority: Infinity }), RangeError);
});
