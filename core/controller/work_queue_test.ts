import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { seededRandom } from "../../tests/seeded_random.ts";
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

Deno.test("WorkQueue.take() leaves no listener on the signal", async () => {
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

Deno.test("WorkQueue.add() keeps ten entries when a million adds name ten keys", async () => {
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

Deno.test("WorkQueue.add() takes odd delays as documented", () => {
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

/** The rules, written down in the simplest way. */
class Model {
  ready: string[] = [];
  readonly again = new Set<string>();
  readonly inWork = new Set<string>();
  readonly delayed = new Map<string, number>();

  add(key: string, at: number, now: number): void {
    if (this.ready.includes(key) || this.again.has(key)) return;
    if (at > now) {
      this.delayed.set(key, Math.min(at, this.delayed.get(key) ?? Infinity));
      return;
    }
    this.delayed.delete(key);
    if (this.inWork.has(key)) this.again.add(key);
    else this.ready.push(key);
  }

  tick(now: number): void {
    for (const [key, at] of [...this.delayed].sort((a, b) => a[1] - b[1])) {
      if (at <= now) this.add(key, at, now);
    }
  }

  done(key: string): void {
    this.inWork.delete(key);
    if (this.again.delete(key)) this.ready.push(key);
  }
}

Deno.test("WorkQueue does what its rules say under random use", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(seed);
    const clock = new FakeClock();
    const queue = new WorkQueue({ clock });
    const model = new Model();
    for (let step = 0; step < 1_000; step++) {
      const key = `key-${random(8)}`;
      switch (random(7)) {
        case 0:
        case 1:
          queue.add(key);
          model.add(key, 0, clock.now());
          break;
        case 2: {
          // Times of their own, as a sort of the model does not know the order.
          const after = 1 + random(50) + step / 10_000;
          queue.add(key, { after });
          model.add(key, clock.now() + after, clock.now());
          break;
        }
        case 3: {
          const next = model.ready.shift();
          if (next === undefined) break;
          assertEquals(await queue.take({ signal }), next);
          model.inWork.add(next);
          break;
        }
        case 4:
          queue.done(key);
          model.done(key);
          break;
        case 5:
          queue.forget(key);
          model.delayed.delete(key);
          break;
        case 6: {
          if (random(10) > 0) break; // advancing is slow, and rare in real use
          await clock.advance(random(60));
          model.tick(clock.now());
        }
      }
      const waiting = model.ready.length + model.again.size;
      assertEquals(queue.ready, model.ready.length, `seed ${seed}`);
      assertEquals(queue.size, waiting + model.delayed.size, `seed ${seed}`);
      assertEquals(clock.pending, model.delayed.size > 0 ? 1 : 0);
    }
    // Nothing is lost: every key that is left comes out.
    for (const key of [...model.inWork]) queue.done(key);
    await clock.advance(1_000);
    const left = queue.size;
    assertEquals((await drain(queue)).length, left);
    assertEquals([queue.size, clock.pending], [0, 0]);
  }
});
