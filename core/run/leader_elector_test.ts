import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { hang, stand, world } from "../../tests/election_world.ts";

for (
  const [name, times] of Object.entries({
    "lease as long as the renew deadline": { leaseDuration: 10_000 },
    "renew deadline within the jitter": { retryPeriod: 8_500 },
    "lease below a second": {
      leaseDuration: 500,
      renewDeadline: 300,
      retryPeriod: 100,
    },
    "lease of half a second more": { leaseDuration: 15_500 },
    "no retry period": { retryPeriod: 0 },
    "not a number": { renewDeadline: NaN },
  })
) {
  Deno.test(`F82 LeaderElector() throws for ${name}`, () => {
    const { candidate } = world();
    assertThrows(() => candidate("a", times), RangeError, '"op"');
  });
}

Deno.test("acquire() creates the Lease when there is none", async () => {
  const { clock, leases, candidate, registry } = world();
  await using a = stand(candidate("a"));
  await clock.advance(0);
  assert(a.lease);
  assertEquals(leases.stored?.spec, {
    holderIdentity: "a",
    leaseDurationSeconds: 15,
    acquireTime: "2025-01-01T00:00:00.000000Z",
    renewTime: "2025-01-01T00:00:00.000000Z",
    leaseTransitions: 0,
  });
  const text = await registry.metrics();
  assertMatch(text, /leader_election_master_status\{name="op"\} 1/);
});

Deno.test("F91 one of two processes with one identity steps down", async () => {
  const { clock, leases, candidate } = world();
  await using a = stand(candidate("same"));
  await clock.advance(1_000);
  await using b = stand(candidate("same"));
  await clock.advance(60_000);
  assertEquals([a.lease?.signal.aborted, b.lease], [false, undefined]);
  leases.edit({ renewTime: "2030-01-01T00:00:00.000000Z" });
  await clock.advance(2_000);
  assert(a.lease?.signal.aborted);
});

Deno.test("F91 the default identity is unique", () => {
  const { candidate } = world();
  const [one, two] = [candidate(""), candidate("")];
  assert(one.identity !== two.identity);
  assertMatch(one.identity, /^.+_[0-9a-f-]{36}$/);
});

for (const hours of [-1, 0, 1]) {
  Deno.test(`F92 a candidate waits a whole term when renewTime is ${hours} h off`, async () => {
    const { clock, leases, candidate } = world();
    const renewTime = new Date(clock.date().getTime() + hours * 3_600_000)
      .toISOString().replace("Z", "000Z");
    leases.edit({
      holderIdentity: "dead",
      leaseDurationSeconds: 30,
      renewTime,
    });
    await using a = stand(candidate("a"));
    await clock.advance(30_000);
    assertEquals(a.lease, undefined);
    await clock.advance(2);
    assert(a.lease);
    assertEquals(leases.stored?.spec.leaseTransitions, 1);
  });
}

Deno.test("F92 a label on the Lease does not prolong the term", async () => {
  const { clock, leases, candidate } = world();
  leases.edit({ holderIdentity: "dead", leaseDurationSeconds: 15 });
  await using a = stand(candidate("a"));
  for (let i = 0; i < 16; i++) {
    await clock.advance(1_000);
    leases.edit({}, { labels: { touched: `${i}` } });
  }
  await clock.advance(2_000);
  assert(a.lease);
});

Deno.test("F93 a candidate that is stopped while it takes the Lease gives it back", async () => {
  const { clock, leases, candidate } = world();
  leases.fault = (verb, proceed) => {
    const lease = proceed();
    return verb === "create" ? hang() : Promise.resolve(lease);
  };
  const a = stand(candidate("a"));
  await clock.advance(0);
  assertEquals(leases.stored?.spec.holderIdentity, "a");
  a.stop.abort();
  await clock.advance(0);
  assertEquals(leases.stored?.spec.holderIdentity, "");
  await a[Symbol.asyncDispose]();
});

Deno.test("F97 fields that we do not know are kept", async () => {
  const { clock, leases, candidate } = world();
  const unknown = { strategy: "OldestEmulationVersion", preferredHolder: "z" };
  leases.edit({ holderIdentity: "", ...unknown });
  await using a = stand(candidate("a"));
  await clock.advance(10_000);
  assert(a.lease);
  const { strategy, preferredHolder } = leases.stored?.spec ?? {};
  assertEquals({ strategy, preferredHolder }, unknown);
});

Deno.test("F98 one of 50 candidates leads, and the others are patient", async () => {
  for (let seed = 1; seed <= 3; seed++) {
    const { clock, leases, candidate } = world();
    let state = seed;
    const random = () =>
      (state = state * 48_271 % 2_147_483_647) / 2_147_483_647;
    await using stack = new AsyncDisposableStack();
    const all = Array.from(
      { length: 50 },
      (_, i) => stack.use(stand(candidate(`c${i}`, { random }))),
    );
    await clock.advance(5_000);
    assertEquals(all.filter(({ lease }) => lease).length, 1);
    const before = leases.requests.length;
    await clock.advance(10_000);
    const perSecond = (leases.requests.length - before) / 10;
    assert(perSecond <= 25, `${perSecond} requests per second`);
    assertEquals(new Set(leases.writes.map(({ holder }) => holder)).size, 1);
  }
});

Deno.test("acquire() rejects with the reason of its signal", async () => {
  const { clock, leases, candidate } = world();
  leases.edit({ holderIdentity: "other" });
  const stop = new AbortController();
  const outcome = candidate("a").acquire({ signal: stop.signal })
    .catch((error) => error);
  await clock.advance(5_000);
  stop.abort("enough");
  assertEquals(await outcome, "enough");
  assertEquals(clock.pending, 0);
  assertEquals(leases.writes, []);
});
