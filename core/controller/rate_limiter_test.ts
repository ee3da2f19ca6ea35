import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { KeyedBackoff } from "./rate_limiter.ts";

Deno.test("KeyedBackoff.next() doubles from 5 ms to 1000 s when no option is given", () => {
  const backoff = new KeyedBackoff({ jitter: 0, clock: new FakeClock() });
  const delays = Array.from({ length: 30 }, () => backoff.next("a"));
  assertEquals(delays.slice(0, 4), [5, 10, 20, 40]);
  assertEquals(delays.slice(-2), [1_000_000, 1_000_000]);
});

Deno.test("KeyedBackoff.next() shortens delays at random", () => {
  const backoff = new KeyedBackoff({ random: () => 0.5 });
  assertEquals(backoff.next("a"), 4.75);
});

Deno.test("KeyedBackoff keeps apart the failures of keys", () => {
  const backoff = new KeyedBackoff({ jitter: 0 });
  for (let i = 0; i < 20; i++) backoff.next("poison");
  assertEquals(backoff.next("good"), 5);
  assertEquals(backoff.attempts("poison"), 20);
  assertEquals(backoff.attempts("good"), 1);
});

Deno.test("KeyedBackoff.forget() starts a key anew", () => {
  const backoff = new KeyedBackoff({ jitter: 0 });
  backoff.next("a");
  backoff.next("a");
  backoff.forget("a");
  assertEquals(backoff.attempts("a"), 0);
  assertEquals(backoff.next("a"), 5);
});

Deno.test("KeyedBackoff keeps a key that always fails at once from spinning", async () => {
  const clock = new FakeClock();
  const backoff = new KeyedBackoff({ clock });
  let runs = 0;
  const run = (): void => {
    runs++;
    clock.setTimer(run, backoff.next("poison"));
  };
  run();
  await clock.advance(600_000);
  assert(runs >= 17 && runs <= 19, `${runs} runs in ten minutes`);
});

Deno.test("KeyedBackoff lets all keys together retry ten times a second after a burst", async () => {
  const clock = new FakeClock();
  const backoff = new KeyedBackoff({ jitter: 0, clock });
  const delays = Array.from({ length: 300 }, (_, i) => backoff.next(`${i}`));
  assertEquals(delays.slice(98, 103), [5, 5, 100, 200, 300]);
  assertEquals(delays.at(-1), 20_000);

  for (let i = 0; i < 100_000; i++) backoff.next(`${i}`);
  assertEquals(backoff.next("late"), 60_000);
  await clock.advance(60_000);
  assertEquals(backoff.next("later"), 100);
});

Deno.test("KeyedBackoff has no shared limit when the rate is infinite", () => {
  const clock = new FakeClock();
  const backoff = new KeyedBackoff({ jitter: 0, rate: Infinity, clock });
  const delays = Array.from({ length: 500 }, (_, i) => backoff.next(`${i}`));
  assert(delays.every((delay) => delay === 5));
});
