import { assertEquals, assertRejects, assertThrows } from "@std/assert";
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

Deno.test("WorkQueue.take() gives each key once, first in, first out", async () => {
  const queue = new WorkQueue();
  for (const key of ["b", "a", "b", "c", "a"]) queue.add(key);
  assertEquals(queue.size, 3);
  assertEquals(await drain(queue), ["b", "a", "c"]);
  assertEquals(queue.size, 0);
});

Deno.test("WorkQueue.take() gives a key that was taken and added again its turn last", async () => {
  const queue = new WorkQueue();
  for (const key of ["noisy", "a", "b"]) queue.add(key);
  queue.done(await queue.take({ signal }));
  queue.add("noisy");
  assertEquals(await drain(queue), ["a", "b", "noisy"]);
});

Deno.test("WorkQueue.take() waits, and takers are served in order", async () => {
  const queue = new WorkQueue();
  const taken = [queue.take({ signal }), queue.take({ signal })];
  queue.add("a");
  queue.add("b");
  assertEquals(await Promise.all(taken), ["a", "b"]);
  assertEquals(queue.size, 0);
});

Deno.test("WorkQueue.take() rejects when the signal aborts, and loses no key", async () => {
  const queue = new WorkQueue();
  const controller = new AbortController();
  const waiting = queue.take(controller);
  controller.abort(new Error("stop"));
  await assertRejects(() => waiting, Error, "stop");
  queue.add("a");
  await assertRejects(() => queue.take(controller), Error, "stop");
  assertEquals(await drain(queue), ["a"]);
});

Deno.test("F119 WorkQueue.take() leaves no listener on the signal", async () => {
  let listeners = 0;
  const signal = Object.assign(new AbortController().signal, {
    addEventListener: () => listeners++,
    removeEventListener: () => listeners--,
  });
  const queue = new WorkQueue();
  const waiting = queue.take({ signal });
  assertEquals(listeners, 1);
  queue.add("a");
  await waiting;
  assertEquals(listeners, 0);
});

Deno.test("WorkQueue.done() queues a key once more when it was added during the work", async () => {
  const queue = new WorkQueue();
  queue.add("a");
  await queue.take({ signal });
  queue.add("a");
  queue.add("a");
  assertEquals([queue.ready, queue.size], [0, 1]);
  queue.done("a");
  assertEquals([queue.ready, queue.size], [1, 1]);
  assertEquals(await drain(queue), ["a"]);
});

Deno.test("WorkQueue.done() ignores a key that is not in work", () => {
  const queue = new WorkQueue();
  queue.add("a");
  queue.done("a");
  queue.done("b");
  assertEquals(queue.ready, 1);
});

Deno.test("F108 WorkQueue.add() keeps ten entries when a million adds name ten keys", async () => {
  const queue = new WorkQueue();
  for (let i = 0; i < 1_000_000; i++) queue.add(`key-${i % 10}`);
  assertEquals([queue.size, queue.ready], [10, 10]);
  assertEquals((await drain(queue)).length, 10);

  const clock = new FakeClock();
  const delayed = new WorkQueue({ clock });
  for (let i = 1_000_000; i > 0; i--) {
    delayed.add(`key-${i % 10}`, { after: i });
  }
  assertEquals([delayed.size, delayed.ready, clock.pending], [10, 0, 1]);
  delayed.shutDown();
});

Deno.test("WorkQueue.add() delays, and the earliest time wins", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  queue.add("a", { after: 300 });
  queue.add("a", { after: 100 });
  queue.add("a", { after: 200 });
  queue.add("b", { after: 100 });
  assertEquals([queue.size, queue.ready, clock.pending], [2, 0, 1]);
  await clock.advance(99);
  assertEquals(queue.ready, 0);
  await clock.advance(1);
  assertEquals(await drain(queue), ["a", "b"]);
  await clock.advance(1_000);
  assertEquals([queue.size, clock.pending], [0, 0]);
});

Deno.test("WorkQueue.add() at once replaces a delay, and a delay replaces nothing", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  queue.add("a", { after: 100 });
  queue.add("a");
  assertEquals([queue.size, queue.ready, clock.pending], [1, 1, 0]);
  queue.add("a", { after: 100 });
  assertEquals(await drain(queue), ["a"]);
  assertEquals([queue.size, clock.pending], [0, 0]);
});

Deno.test("WorkQueue.add() with a delay runs a key in work again when both are over", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  queue.add("a");
  await queue.take({ signal });
  queue.add("a", { after: 100 });
  await clock.advance(100);
  assertEquals([queue.size, queue.ready], [1, 0]);
  queue.done("a");
  assertEquals(await drain(queue), ["a"]);
});

Deno.test("WorkQueue.add() waits longer than 2^31 ms", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  queue.add("a", { after: 2 ** 32 });
  await clock.advance(2 ** 32 - 1);
  assertEquals(queue.ready, 0);
  await clock.advance(1);
  assertEquals(queue.ready, 1);
});

Deno.test("F106 WorkQueue.add() takes odd delays as documented", () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  assertThrows(
    () => queue.add("a", { after: NaN }),
    RangeError,
    'Cannot queue "a": after is not a number',
  );
  queue.add("a", { after: Infinity });
  assertEquals([queue.size, clock.pending], [0, 0]);
  queue.add("a", { after: -1 });
  queue.add("b", { after: -Infinity });
  queue.add("c", { after: 0 });
  assertEquals(queue.ready, 3);
});

Deno.test("WorkQueue waits again when its timer fires early", async () => {
  const fake = new FakeClock();
  // Timers of the platform may fire a part of a millisecond early.
  const clock = {
    now: () => fake.now(),
    date: () => fake.date(),
    setTimer: (callback: () => void, delay: number) =>
      fake.setTimer(callback, delay > 1 ? delay - 1 : delay),
  };
  const queue = new WorkQueue({ clock });
  queue.add("a", { after: 100 });
  await fake.advance(99);
  assertEquals([queue.ready, fake.pending], [0, 1]);
  await fake.advance(1);
  assertEquals(queue.ready, 1);
});

Deno.test("WorkQueue.forget() drops a delayed key only", () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  queue.add("a", { after: 100 });
  queue.add("b");
  queue.forget("a");
  queue.forget("b");
  assertEquals([queue.size, queue.ready, clock.pending], [1, 1, 0]);
});

Deno.test("WorkQueue.shutDown() drops all and ends every wait", async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue({ clock });
  const waiting = queue.take({ signal });
  queue.add("a", { after: 100 });
  queue.shutDown();
  await assertRejects(() => waiting, DOMException, "shut down");
  queue.add("b");
  await assertRejects(() => queue.take({ signal }), DOMException, "shut down");
  assertEquals([queue.size, clock.pending], [0, 0]);
});
