import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  answer,
  bind,
  hang,
  stand,
  world,
} from "../../tests/election_world.ts";
import { NotLeaderError } from "./not_leader_error.ts";

Deno.test("acquire() keeps renewing every retry period", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(60_000);
  assertEquals(leases.writes.length, 31);
  assertEquals(leases.stored?.spec.renewTime, "2025-01-01T00:01:00.000000Z");
  assertEquals(leases.stored?.spec.leaseTransitions, 0);
  assertEquals(a.lease?.signal.aborted, false);
  a.lease?.fence();
});

Deno.test("F83 the leader stops at the renew deadline when no call returns", async () => {
  const { clock, leases, candidate, registry } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  leases.fault = hang;
  await clock.advance(9_999);
  assertEquals(a.lease?.signal.aborted, false);
  await clock.advance(1);
  assert(a.lease?.signal.reason instanceof NotLeaderError);
  assertEquals(a.lease?.timeLeft, 5_000);
  const text = await registry.metrics();
  assertMatch(text, /leader_election_master_status\{name="op"\} 0/);
  leases.fault = answer;
});

Deno.test("F83 each call is given up after half of the renew deadline", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  const given: unknown[] = [];
  leases.fault = (_verb, _proceed, { signal, timeout, lane }) => {
    const started = clock.now();
    signal.addEventListener("abort", () => given.push(clock.now() - started));
    assertEquals([timeout, lane], [5_000, "lease"]);
    return hang();
  };
  await clock.advance(10_000);
  assertEquals(given, [5_000, 3_000]); // the second one ends with the Lease
  assert(a.lease?.signal.aborted);
  leases.fault = answer;
});

Deno.test("F83 an outage of 8 s is no loss", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  leases.fault = () => Promise.reject(new Error("connection refused"));
  await clock.advance(7_999);
  leases.fault = answer;
  await clock.advance(60_000);
  assertEquals(a.lease?.signal.aborted, false);
});

Deno.test("F84 the leader stops at once when somebody else holds the Lease", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(1_000);
  leases.edit({ holderIdentity: "b" });
  const writes = leases.writes.length;
  await clock.advance(1_000);
  assert(a.lease?.signal.reason instanceof NotLeaderError);
  assertMatch(a.lease.signal.reason.message, /held by b$/);
  assertEquals(a.lease.timeLeft, 0);
  await clock.advance(60_000);
  await a.lease[Symbol.asyncDispose]();
  assertEquals(leases.writes.length, writes);
  assertEquals(leases.stored?.spec.holderIdentity, "b");
});

Deno.test("F85 a label on the Lease is no loss, and is kept", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  for (let i = 0; i < 600; i++) {
    await clock.advance(100);
    leases.edit({}, { labels: { touched: `${i}` } });
  }
  assertEquals(a.lease?.signal.aborted, false);
  assertEquals(leases.stored?.metadata.labels, { touched: "599" });
  assertEquals(leases.writes.length, 31);
});

Deno.test("F86 the leader makes a deleted Lease anew and goes on", async () => {
  const { clock, leases, candidate } = world();
  leases.edit({ holderIdentity: "", leaseTransitions: 6 });
  await using a = stand(candidate("a"));
  await clock.advance(1_000);
  leases.stored = undefined;
  await clock.advance(1_000);
  assertEquals(a.lease?.signal.aborted, false);
  const spec = leases.stored?.["spec"];
  assertEquals(spec, {
    holderIdentity: "a",
    leaseDurationSeconds: 15,
    acquireTime: "2025-01-01T00:00:00.000000Z",
    renewTime: "2025-01-01T00:00:02.000000Z",
    leaseTransitions: 7,
  });
});

Deno.test("F87 fence() refuses after a loss", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  leases.edit({ holderIdentity: "b" });
  a.lease?.fence();
  await clock.advance(2_000);
  assertThrows(() => a.lease?.fence(), NotLeaderError, "held by b");
});

Deno.test("F88 fence() refuses before any timer has fired after a pause", async () => {
  const { clock, candidate } = world();
  let paused = 0;
  const late = { ...bind(clock), now: () => clock.now() + paused };
  await using a = stand(candidate("a", { clock: late }));
  await clock.advance(0);
  paused = 20_000; // the process was stopped; its timers have not run yet
  assertThrows(() => a.lease?.fence(), NotLeaderError, "20000 ms");
  assert(a.lease?.signal.aborted);
});

Deno.test("F89 a jump of the calendar is no loss", async () => {
  for (const jump of [3_600_000, -3_600_000]) {
    const { clock, candidate } = world();
    let jumped = 0;
    const date = () => new Date(clock.date().getTime() + jumped);
    await using a = stand(candidate("a", { clock: { ...bind(clock), date } }));
    await clock.advance(1_000);
    jumped = jump;
    await clock.advance(60_000);
    assertEquals(a.lease?.signal.aborted, false);
    a.lease?.fence();
  }
});

Deno.test("F90 fence() refuses after a suspend until the next renewal", async () => {
  const { clock, candidate } = world();
  let jumped = 0;
  const date = () => new Date(clock.date().getTime() + jumped);
  await using a = stand(candidate("a", { clock: { ...bind(clock), date } }));
  await clock.advance(1_000);
  jumped = 16_000; // monotonic time stood still
  assertThrows(() => a.lease?.fence(), NotLeaderError, "jumped");
  await clock.advance(1_000);
  a.lease?.fence();
});

Deno.test("F93 a released Lease is taken at the next try", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(1_000);
  await using b = stand(candidate("b"));
  await clock.advance(10_000);
  assertEquals(b.lease, undefined);
  await a.lease?.[Symbol.asyncDispose]();
  const { holderIdentity, leaseDurationSeconds } = leases.stored?.spec ?? {};
  assertEquals([holderIdentity, leaseDurationSeconds], ["", 1]);
  assertThrows(() => a.lease?.fence(), NotLeaderError, "back");
  await clock.advance(2_000);
  assert(b.lease);
});

Deno.test("F93 a label does not keep the Lease from being released", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(1_000);
  leases.edit({}, { labels: { touched: "yes" } });
  await a.lease?.[Symbol.asyncDispose]();
  assertEquals(leases.stored?.spec.holderIdentity, "");
});

Deno.test("F94 release is given up after half of the renew deadline", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  leases.fault = hang;
  let released = false;
  const release = a.lease?.[Symbol.asyncDispose]().then(() => released = true);
  await clock.advance(4_999);
  assertEquals(released, false);
  await clock.advance(1);
  assertEquals(released, true);
  await release;
});

Deno.test("F95 a slow API server is no loss, and calls do not overlap", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  leases.fault = async (_verb, proceed) => {
    await new Promise<void>((done) => clock.setTimer(done, 1_900));
    return proceed();
  };
  await clock.advance(120_000);
  assertEquals(a.lease?.signal.aborted, false);
  assertEquals(leases.mostOpen, 1);
  leases.fault = answer;
  await clock.advance(2_000);
});
