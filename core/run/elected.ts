import { withFence } from "../client/write_fence.ts";
import type { HeldLease } from "./held_lease.ts";
import type { LeaderElector } from "./leader_elector.ts";
import type { Runnable } from "./runnable.ts";
import type { Supervisor, Task } from "./supervisor.ts";

/**
 * Makes the runnable that waits for the Lease, runs tasks while this process
 * leads, and gives the Lease back when they are over.
 *
 * A lost Lease is a failure: the workers have as long to stop as nobody else
 * can lead, and the process should start anew. What they write through a
 * `Client` is refused from the moment the Lease is not held for sure.
 *
 * @example Do something once, as the leader
 * ```ts
 * import { Lease } from "@koprs/koprs/builtin";
 * import { Client, LeaderElector } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 * import { Supervisor } from "./supervisor.ts";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const elector = new LeaderElector(client.resource(Lease), {
 *   namespace: "default",
 *   name: "example",
 * });
 * const supervisor = new Supervisor({ gracePeriod: 1_000 });
 * const log: string[] = [];
 * const work = { run: async () => void log.push(await "worked") };
 * const tasks = [{ name: "work", runnable: work }];
 * const runnable = elected(tasks, { elector, supervisor });
 * supervisor.run({ name: "election", runnable });
 * await supervisor.join();
 * assertEquals(log, ["worked"]);
 * ```
 *
 * @param tasks What runs while leading.
 * @param options Who elects and who runs.
 * @returns The runnable.
 */
export function elected(
  tasks: readonly Task[],
  options: ElectedOptions,
): Runnable {
  const { elector, supervisor } = options;
  const { signal } = supervisor;
  return {
    // So that it is still there for services that need the leader.
    role: "service",
    async run(): Promise<void> {
      await using lease = await acquire(elector, signal);
      if (lease === undefined) return;
      const onLost = () => supervisor.fail(lease.signal.reason, lease.timeLeft);
      lease.signal.addEventListener("abort", onLost, { once: true });
      if (!signal.aborted) {
        await withFence(
          () => lease.fence(),
          () => Promise.all(tasks.map((task) => supervisor.run(task))),
        );
      }
      lease.signal.removeEventListener("abort", onLost);
    },
  };
}

/** Nothing when the stop comes first. */
async function acquire(
  elector: LeaderElector,
  signal: AbortSignal,
): Promise<HeldLease | undefined> {
  try {
    return await elector.acquire({ signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Options of {@linkcode elected}. */
export interface ElectedOptions {
  /** Gets the Lease. */
  readonly elector: LeaderElector;
  /** Runs the tasks. */
  readonly supervisor: Supervisor;
}
