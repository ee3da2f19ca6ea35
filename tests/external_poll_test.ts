import { assert, assertEquals } from "@std/assert";
import {
  type ExternalEvent,
  poll,
  type Poller,
  PollError,
  type PollOutcome,
} from "@koprs/koprs/external";
import { FakeClock } from "@koprs/koprs/testing";
import { ScriptedPoller } from "./external/scripted_poller.ts";

const every = { interval: 1_000, jitter: 0 } as const;

Deno.test("X: ExternalEvent can be printed and cloned", () => {
  const event: ExternalEvent<string> = { type: "added", key: "a", object: "b" };
  assertEquals(structuredClone(event), event);
  assertEquals(
    JSON.stringify(event),
    '{"type":"added","key":"a","object":"b"}',
  );
});

Deno.test("X: poll() polls at once, then every interval, and forwards in order", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["a"], [], ["b", "c", "d"]]);
  const seen = new Seen(poller, { ...every, clock });
  await clock.advance(0);
  assertEquals([seen.keys, poller.polls], [["a"], 1]);
  await clock.advance(999);
  assertEquals(poller.polls, 1);
  await clock.advance(1);
  assertEquals(poller.polls, 2);
  await clock.advance(1_000);
  assertEquals(seen.keys, ["a", "b", "c", "d"]);
  await seen.stop();
  assertEquals(clock.pending, 0);
});

Deno.test("X: poll() backs off up to 32 intervals and recovers after 3 and 5 errors", async () => {
  // As the original, the first failure waits two intervals.
  for (const failures of [3, 5, 8]) {
    const clock = new FakeClock();
    const errors = Array.from({ length: failures }, () => new Error("down"));
    const poller = new ScriptedPoller([...errors, ["a"], ["b"]]);
    const outcomes: PollOutcome[] = [];
    const seen = new Seen(poller, {
      ...every,
      clock,
      onPoll: (outcome) => outcomes.push(outcome),
    });
    await clock.advance(161_000);
    const delays = [
      2_000,
      4_000,
      8_000,
      16_000,
      32_000,
      32_000,
      32_000,
      32_000,
    ];
    assertEquals(
      outcomes.slice(0, failures + 2).map(({ delay }) => delay),
      [...delays.slice(0, failures), 1_000, 1_000],
    );
    assertEquals(outcomes[failures]?.failures, 0);
    assertEquals(seen.keys, ["a", "b"]);
    await seen.stop();
  }
});

Deno.test("X: poll() backs off no longer than it is told", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([new Error("1"), new Error("2"), ["a"]]);
  const seen = new Seen(poller, { ...every, maxBackoff: 1_500, clock });
  await clock.advance(2_999);
  assertEquals(seen.keys, []);
  await clock.advance(1);
  assertEquals(seen.keys, ["a"]);
  await seen.stop();
});

Deno.test("X: poll() ends when its consumer does, even if nothing happens", async () => {
  // The original notices only when it has something to send; corrected.
  const clock = new FakeClock();
  const poller = new ScriptedPoller([[]]);
  const seen = new Seen(poller, { ...every, clock });
  await clock.advance(100);
  assertEquals(clock.pending, 1);
  await seen.stop();
  assertEquals(clock.pending, 0);
});

Deno.test("F145: poll() waits as long as the source asks for", async () => {
  const clock = new FakeClock();
  const busy = new PollError("busy", { retryAfter: 60_000 });
  const poller = new ScriptedPoller([busy, ["a"]]);
  const seen = new Seen(poller, { ...every, clock });
  await clock.advance(59_999);
  assertEquals(poller.polls, 1);
  await clock.advance(1);
  assertEquals(seen.keys, ["a"]);
  await seen.stop();
});

Deno.test("F145: poll() never polls while a poll runs, and gives up on one that hangs", async () => {
  const clock = new FakeClock();
  let running = 0;
  let most = 0;
  const stuck: Poller<string> = {
    name: "stuck",
    poll: () => {
      most = Math.max(most, ++running);
      return new Promise(() => {}); // heeds no signal
    },
  };
  const errors: string[] = [];
  const seen = new Seen(stuck, {
    ...every,
    clock,
    timeout: 5_000,
    onPoll: ({ error }) => errors.push(String(error)),
  });
  await clock.advance(30_000);
  assertEquals(most, 1);
  assertEquals(errors.slice(0, 2), [
    'PollError: Cannot poll "stuck": no answer within 5000 ms',
    'PollError: Cannot poll "stuck": the last poll still runs',
  ]);
  await seen.stop();
});

Deno.test("poll() repeats by the start of a poll, so that no drift adds up", async () => {
  const clock = new FakeClock();
  const starts: number[] = [];
  const slow: Poller<string> = {
    name: "slow",
    poll: () => {
      starts.push(clock.now());
      return new Promise((resolve) => clock.setTimer(() => resolve([]), 300));
    },
  };
  const seen = new Seen(slow, { ...every, clock });
  await clock.advance(3_500);
  assertEquals(starts, [0, 1_000, 2_000, 3_000]);
  await seen.stop();
});

Deno.test("poll() shortens intervals by jitter, and by no more", async () => {
  const clock = new FakeClock();
  const numbers = [0, 0.5, 0.999];
  const poller = new ScriptedPoller([]);
  const outcomes: number[] = [];
  const seen = new Seen(poller, {
    interval: 1_000,
    jitter: 0.2,
    random: () => numbers.shift() ?? 0,
    clock,
    onPoll: ({ delay }) => outcomes.push(Math.round(delay)),
  });
  await clock.advance(2_500);
  assertEquals(outcomes.slice(0, 3), [1_000, 900, 800]);
  await seen.stop();
});

Deno.test("F164: poll() does not poll while its consumer is slow", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["a", "b"], ["c"]]);
  const stop = new AbortController();
  const events = poll(poller, { ...every, clock, signal: stop.signal });
  assertEquals((await events.next()).value?.key, "a");
  await clock.advance(60_000);
  assertEquals(poller.polls, 1);
  assertEquals(poller.takenKeys, []);
  assertEquals((await events.next()).value?.key, "b");
  assertEquals(poller.takenKeys, ["a"]);
  const next = events.next(); // overdue: at once
  await clock.advance(0);
  assertEquals((await next).value?.key, "c");
  await events.return?.();
});

Deno.test("F165: poll() tells events that were not dealt with again", async () => {
  const clock = new FakeClock();
  const poller = new ScriptedPoller([["a", "b", "c"]]);
  for await (const { key } of poll(poller, { clock })) {
    if (key === "b") break; // as a crash would
  }
  assertEquals(poller.takenKeys, ["a"]);
  const again: string[] = [];
  for await (const { key } of poll(poller, { clock })) {
    again.push(key);
    if (key === "c") break;
  }
  assertEquals(again, ["b", "c"]);
});

Deno.test("F167: poll() ends within a second at whatever point it is stopped", async () => {
  const hung: Poller<string> = {
    name: "hung",
    poll: () => new Promise(() => {}),
  };
  const points: readonly (readonly [string, Poller<string>])[] = [
    ["in a poll", hung],
    ["between polls", new ScriptedPoller([[]])],
    ["after a failure", new ScriptedPoller([new Error("down")])],
    ["before it starts", new ScriptedPoller([["a"]])],
  ];
  for (const [point, poller] of points) {
    const clock = new FakeClock();
    const stop = new AbortController();
    if (point === "before it starts") stop.abort();
    const reading = Array.fromAsync(
      poll(poller, { ...every, clock, signal: stop.signal }),
    );
    if (!stop.signal.aborted) await clock.advance(10);
    stop.abort();
    assertEquals(await reading, [], point);
    assertEquals(clock.pending, 0, point);
  }
});

Deno.test("F167: poll() yields nothing after the signal, even if the poll had ended", async () => {
  const stop = new AbortController();
  const poller = new ScriptedPoller([["a", "b"]]);
  const seen: string[] = [];
  for await (const { key } of poll(poller, { signal: stop.signal })) {
    seen.push(key);
    stop.abort();
  }
  assertEquals(seen, ["a"]);
  assertEquals(poller.takenKeys, ["a"]); // it was dealt with
});

/** Collects keys until it is stopped. */
class Seen {
  readonly keys: string[] = [];
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;

  constructor(poller: Poller<string>, options: Parameters<typeof poll>[1]) {
    this.#reading = this.#read(poller, options);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  async #read(
    poller: Poller<string>,
    options: Parameters<typeof poll>[1],
  ): Promise<void> {
    const { signal } = this.#stop;
    for await (const { key } of poll(poller, { ...options, signal })) {
      this.keys.push(key);
    }
    assert(signal.aborted);
  }
}
