import { FakeClock } from "./fake/fake_clock.ts";
import { Registry } from "prom-client";
import { type Fault, MemoryLeases } from "./memory_leases.ts";
import type { HeldLease } from "../core/run/held_lease.ts";
import { LeaderElector } from "../core/run/leader_elector.ts";
import type { LeaderElectorOptions } from "../core/run/leader_elector_options.ts";

/** A world of one Lease, one clock, and a candidate with nothing random. */
export function world() {
  const clock = new FakeClock();
  const leases = new MemoryLeases();
  const registry = new Registry();
  const candidate = (
    identity: string,
    options: Partial<LeaderElectorOptions> = {},
  ) =>
    new LeaderElector(leases, {
      namespace: "ns",
      name: "op",
      identity,
      clock,
      registry,
      random: () => 0,
      ...options,
    });
  return { clock, leases, registry, candidate };
}

/** Starts to stand; `lease` is there once it leads. */
export function stand(elector: LeaderElector) {
  const stop = new AbortController();
  const standing = {
    lease: undefined as HeldLease | undefined,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await acquiring;
      await standing.lease?.[Symbol.asyncDispose]();
    },
    stop,
  };
  const acquiring = elector.acquire({ signal: stop.signal })
    .then((lease) => void (standing.lease = lease), () => {});
  return standing;
}

export const hang = () => new Promise<never>(() => {});
export const answer: Fault = (_verb, proceed) => Promise.resolve(proceed());

/** The clock as an object that can be spread. */
export function bind(clock: FakeClock) {
  return {
    now: () => clock.now(),
    date: () => clock.date(),
    setTimer: (callback: () => void, delay: number) =>
      clock.setTimer(callback, delay),
  };
}
