import { assertEquals } from "@std/assert";
import { seededRandom } from "../../tests/seeded_random.ts";
import { DelayedKeys } from "./delayed_keys.ts";

Deno.test("DelayedKeys.takeDue() gives keys of one time in the order they were added", () => {
  const delayed = new DelayedKeys();
  const keys = Array.from({ length: 100 }, (_, i) => `key-${i}`);
  for (const key of keys) delayed.add(key, 7);
  assertEquals(delayed.takeDue(7), keys);
  assertEquals(delayed.size, 0);
});

Deno.test("DelayedKeys does what a sorted list does", () => {
  const random = seededRandom(1);
  const delayed = new DelayedKeys();
  const model = new Map<string, number>();
  for (let step = 0; step < 20_000; step++) {
    const key = `key-${random(60)}`;
    const at = random(1_000);
    switch (random(8)) {
      case 0: {
        assertEquals(delayed.delete(key), model.delete(key));
        break;
      }
      case 1: {
        const now = random(150);
        const due = [...model].filter(([, at]) => at <= now);
        const taken = delayed.takeDue(now);
        assertEquals(
          taken.map((key) => model.get(key) ?? NaN),
          due.map(([, at]) => at).sort((a, b) => a - b),
        );
        for (const [key] of due) model.delete(key);
        break;
      }
      default:
        delayed.add(key, at);
        model.set(key, Math.min(at, model.get(key) ?? Infinity));
    }
    assertEquals(delayed.size, model.size);
    assertEquals(
      delayed.earliest,
      model.size === 0 ? undefined : Math.min(...model.values()),
    );
  }
});
