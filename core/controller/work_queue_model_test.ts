import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { seededRandom } from "../../tests/seeded_random.ts";
import { WorkQueue } from "./work_queue.ts";

const { signal } = new AbortController();

/** No two keys of different priorities come to the same rank by it. */
const AGEING = 7.3;

/** A key that can be taken. */
interface Ready {
  readonly key: string;
  readonly priority: number;
  readonly since: number;
}

/** The rules, written down in the simplest way. */
class Model {
  ready: Ready[] = [];
  readonly again = new Map<string, number>();
  readonly inWork = new Set<string>();
  readonly delayed = new Map<string, { at: number; priority: number }>();
  /** Namespaces by priority, the next one first. */
  readonly turns = new Map<number, string[]>();

  add(key: string, options: { at: number; priority: number; now: number }) {
    const { at, now } = options;
    const delayed = this.delayed.get(key);
    const ready = this.ready.find((each) => each.key === key);
    const priority = Math.max(
      options.priority,
      delayed?.priority ?? -Infinity,
      ready?.priority ?? -Infinity,
      this.again.get(key) ?? -Infinity,
    );
    if (at > now) {
      if (ready !== undefined || this.again.has(key)) return;
      const earliest = Math.min(at, delayed?.at ?? Infinity);
      this.delayed.set(key, { at: earliest, priority });
      return;
    }
    this.delayed.delete(key);
    if (this.inWork.has(key)) this.again.set(key, priority);
    else if (ready === undefined || priority > ready.priority) {
      this.#remove(key);
      this.#push({ key, priority, since: ready?.since ?? now });
    }
  }

  /** What comes next: of each priority one, then by priority and age. */
  next(): string | undefined {
    const rank = ({ since, priority }: Ready) => since - priority * AGEING;
    const next =
      [...this.turns].flatMap(([priority, [namespace]]) =>
        this.ready.find((each) =>
          each.priority === priority && namespaceOf(each.key) === namespace
        ) ?? []
      ).sort((a, b) => rank(a) - rank(b))[0];
    if (next === undefined) return undefined;
    const turns = this.turns.get(next.priority);
    turns?.push(...turns.splice(0, 1));
    this.#remove(next.key);
    this.inWork.add(next.key);
    return next.key;
  }

  tick(now: number): void {
    const due = [...this.delayed].sort(([, a], [, b]) => a.at - b.at);
    for (const [key, { at, priority }] of due) {
      if (at <= now) this.add(key, { at, priority, now });
    }
  }

  done(key: string, now: number): void {
    this.inWork.delete(key);
    const priority = this.again.get(key);
    this.again.delete(key);
    if (priority !== undefined) this.#push({ key, priority, since: now });
  }

  #push(ready: Ready): void {
    this.ready.push(ready);
    const turns = this.turns.get(ready.priority) ?? [];
    const namespace = namespaceOf(ready.key);
    if (!turns.includes(namespace)) turns.push(namespace);
    this.turns.set(ready.priority, turns);
  }

  #remove(key: string): void {
    this.ready = this.ready.filter((each) => each.key !== key);
    for (const [priority, turns] of this.turns) {
      const isIdle = (namespace: string) =>
        !this.ready.some((each) =>
          each.priority === priority && namespaceOf(each.key) === namespace
        );
      // Who has nothing to give loses the place when the turn comes.
      while (turns[0] !== undefined && isIdle(turns[0])) turns.shift();
      if (turns.length === 0) this.turns.delete(priority);
    }
  }
}

function namespaceOf(key: string): string {
  return key.split("/")[0] ?? "";
}

Deno.test("F107 WorkQueue does what its rules say under random use", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(seed);
    const clock = new FakeClock();
    const queue = new WorkQueue({ clock, ageing: AGEING });
    const model = new Model();
    for (let step = 0; step < 1_000; step++) {
      const key = `ns-${random(3)}/key-${random(4)}`;
      const priority = random(3) - 1;
      const now = clock.now();
      switch (random(7)) {
        case 0:
        case 1:
          queue.add(key, { priority });
          model.add(key, { at: 0, priority, now });
          break;
        case 2: {
          // Times of their own, as a sort of the model does not know the order.
          const after = 1 + random(50) + step / 10_000;
          queue.add(key, { after, priority });
          model.add(key, { at: now + after, priority, now });
          break;
        }
        case 3: {
          const next = model.next();
          if (next !== undefined) {
            assertEquals(await queue.take({ signal }), next, `seed ${seed}`);
          }
          break;
        }
        case 4:
          queue.done(key);
          model.done(key, now);
          break;
        case 5:
          queue.forget(key);
          model.delayed.delete(key);
          break;
        case 6: {
          if (random(10) > 0) break; // advancing is slow, and rare in real use
          // Key by key, as each comes to be ready at its own time.
          const end = now + random(60);
          for (;;) {
            const next = Math.min(
              ...[...model.delayed.values()].map(({ at }) => at),
            );
            await clock.advance(Math.min(next, end) - clock.now());
            model.tick(clock.now());
            if (next > end) break;
          }
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
    for (let left = queue.size; left > 0; left--) {
      queue.done(await queue.take({ signal }));
    }
    assertEquals([queue.size, clock.pending], [0, 0]);
  }
});
