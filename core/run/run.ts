import { configureLogging, getLogger } from "../telemetry/logger.ts";
import { exposeMetrics, metricsFor } from "../telemetry/metrics.ts";
import { elected } from "./elected.ts";
import { EventLoopLag } from "./event_loop_lag.ts";
import { LeaderElector } from "./leader_elector.ts";
import { ProcessHealth } from "./process_health.ts";
import type { RunOptions, RunResult } from "./run_options.ts";
import { startServers } from "./run_servers.ts";
import type { Runnable } from "./runnable.ts";
import { shutdownSignal } from "./shutdown_signal.ts";
import { Supervisor, type Task } from "./supervisor.ts";
import { handleRejections } from "./unhandled_rejections.ts";

/**
 * Runs controllers, webhook servers and the like as one program.
 *
 * It serves probes and metrics, elects a leader, and stops in order: on
 * SIGTERM or SIGINT, on `options.signal`, or when a runnable fails. Then
 * `/readyz` fails at once, workers finish what is in progress, services stop,
 * the servers close last. A second SIGTERM or SIGINT exits at once with 1.
 *
 * Promises that reject without a handler are logged and counted meanwhile;
 * they do not end the process.
 *
 * Needs `--allow-net` for the addresses of probes and metrics, and nothing
 * else; what the runnables need comes on top.
 *
 * @example Run until all is done
 * ```ts
 * import { run } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const done: string[] = [];
 * const task = { run: async () => void done.push(await "done") };
 * const result = await run([task], { logging: false });
 * assertEquals(result, { reason: "finished" });
 * assertEquals(done, ["done"]);
 * ```
 *
 * @param runnables What to run.
 * @param options Servers, leader election, how to stop.
 * @returns Why it ended, once nothing of it is left; rejects with the failure
 * of a runnable, or an `AggregateError` of several.
 * @throws {ConfigError} If a port is busy or a permission is missing.
 * @throws {NotLeaderError} If the Lease was lost.
 */
export async function run(
  runnables: readonly Runnable[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { gracePeriod = 30_000, clock, signal } = options;
  if (!(gracePeriod >= 0)) {
    throw new RangeError(
      `Cannot run with a gracePeriod of ${gracePeriod} ms: it must be 0 or more`,
    );
  }
  if (options.logging !== false) await configureLogging(options.logging);
  using system = options.signals === false ? undefined : shutdownSignal();
  const registry = options.metrics &&
    await exposeMetrics(options.metrics.registry);
  const metrics = metricsFor(registry);
  const supervisor = new Supervisor({ gracePeriod, clock });
  using _rejections = handleRejections((error) => {
    metrics.unhandledRejections.inc({});
    getLogger("run").error("Nobody handled a rejected promise", { error });
  });
  using lag = new EventLoopLag({ clock, gauge: metrics.eventLoopLag });
  const { maxLag } = options.probes ?? {};
  const health = new ProcessHealth(supervisor, { lag, maxLag });
  await using _servers = await startServers({ ...options, health });
  using _links = onAbort([signal, system?.signal], () => {
    supervisor.stop(system?.received ?? "aborted");
  });

  const start = prepare(runnables, { ...options, supervisor });
  if (!supervisor.signal.aborted) start();
  health.started = true;
  await supervisor.join();

  const { failures } = supervisor;
  if (failures.length > 0) throw combine(failures);
  if (system?.received) return { reason: "signal", signal: system.received };
  return { reason: signal?.aborted ? "aborted" : "finished" };
}

/** Calls back when one of the signals aborts, or has. */
function onAbort(
  signals: readonly (AbortSignal | undefined)[],
  callback: () => void,
): Disposable {
  for (const signal of signals) {
    if (signal?.aborted) callback();
    signal?.addEventListener("abort", callback, { once: true });
  }
  return {
    [Symbol.dispose]() {
      for (const signal of signals) {
        signal?.removeEventListener("abort", callback);
      }
    },
  };
}

/** Checks the options; the function that it returns starts the tasks. */
function prepare(
  runnables: readonly Runnable[],
  options: RunOptions & { readonly supervisor: Supervisor },
): () => void {
  const { supervisor, leaderElection, clock, metrics } = options;
  const tasks = runnables.map((runnable, index) => ({
    name: nameOf(runnable, index),
    runnable,
  }));
  if (leaderElection === undefined) return () => startAll(supervisor, tasks);
  const { resource, ...election } = leaderElection;
  const elector = new LeaderElector(resource, {
    clock,
    registry: metrics?.registry,
    ...election,
  });
  const always = tasks.filter(({ runnable }) => !needsLeader(runnable));
  const leading = tasks.filter(({ runnable }) => needsLeader(runnable));
  const runnable = elected(leading, { elector, supervisor });
  const campaign: Task = { name: `Lease "${elector.lease}"`, runnable };
  const standbys = leading.flatMap((task) => standbyOf(task) ?? []);
  return () => startAll(supervisor, [...always, ...standbys, campaign]);
}

/** Stays until workers have stopped, so that they go on with its caches. */
function standbyOf({ name, runnable }: Task): Task | undefined {
  if (runnable.standby === undefined) return undefined;
  return {
    name: `${name} on standby`,
    runnable: {
      role: "service",
      run: (options) => runnable.standby?.(options) ?? Promise.resolve(),
      ready: () => runnable.ready?.() ?? true,
      healthy: () => runnable.healthy?.() ?? true,
    },
  };
}

/** Services first: workers may need them. Tasks end only with join(). */
function startAll(supervisor: Supervisor, tasks: readonly Task[]): void {
  const isService = ({ runnable }: Task) => runnable.role === "service";
  for (const task of tasks.filter(isService)) supervisor.run(task);
  for (const task of tasks) if (!isService(task)) supervisor.run(task);
}

function needsLeader({ needsLeader, role }: Runnable): boolean {
  return needsLeader ?? role !== "service";
}

function nameOf(runnable: Runnable, index: number): string {
  const { name } = runnable.constructor;
  const isPlain = name === "" || name === "Object";
  return runnable.name ?? (isPlain ? `runnable ${index + 1}` : name);
}

/** A failure alone stays itself, whatever was thrown. */
function combine(failures: readonly unknown[]): unknown {
  if (failures.length === 1) return failures[0];
  const messages = failures.map((failure) =>
    failure instanceof Error ? failure.message : "not an error"
  );
  return new AggregateError(
    failures,
    `Cannot go on, ${failures.length} failures: ${messages.join("; ")}`,
  );
}
