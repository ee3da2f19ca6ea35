import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { TokenBucket } from "./token_bucket.ts";

Deno.test("TokenBucket.take() gives a burst, then one token per interval", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket({ burst: 3, interval: 100, clock });
  const takeAll = () => {
    let taken = 0;
    while (bucket.take()) taken++;
    return taken;
  };
  assertEquals(takeAll(), 3);
  await clock.advance(99);
  assertEquals(takeAll(), 0);
  await clock.advance(1);
  assertEquals(takeAll(), 1);
  await clock.advance(1_000_000);
  assertEquals(takeAll(), 3);
});

Deno.test("TokenBucket.reserve() waits for the tokens of all before it", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket({ burst: 1, interval: 100, clock });
  assertEquals([1, 2, 3].map(() => bucket.reserve()), [0, 100, 200]);
  await clock.advance(200);
  assertEquals(bucket.reserve(), 100);
});

Deno.test("TokenBucket.reserve() never waits longer than maxWait", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket({
    burst: 1,
    interval: 100,
    maxWait: 500,
    clock,
  });
  for (let i = 0; i < 10_000; i++) bucket.reserve();
  assertEquals(bucket.reserve(), 500);
  await clock.advance(600);
  assertEquals(bucket.reserve(), 0);
});

Deno.test("TokenBucket does not limit when the interval is 0", () => {
  const bucket = new TokenBucket({
    burst: 1,
    interval: 0,
    clock: new FakeClock(),
  });
  assertEquals([bucket.take(), bucket.take()], [true, true]);
  assertEquals([bucket.reserve(), bucket.reserve()], [0, 0]);
});
