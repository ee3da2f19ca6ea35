import { mergePatch } from "@koprs/koprs/core";
import { wantedData } from "./bench_world.ts";
import { eachConcurrently } from "./each_concurrently.ts";
import type { Figures, Measurement } from "./figures.ts";
import { type OperatorProcess, startOperator } from "./operator_process.ts";
import {
  countsSince,
  objectRequests,
  readServerCounts,
} from "./request_counts.ts";
import { isReady, type Trial } from "./trial.ts";
import { untilQuiet } from "./until_quiet.ts";
import { verifyWorld } from "./verify_world.ts";
import { watchProgress } from "./watch_progress.ts";

type ConvergeKey =
  | "firstReady"
  | "allReady"
  | "cpuReady"
  | "cpuSettled"
  | "peakMemory"
  | "requests";
type ChangeKey = "changeReady" | "changeCpu" | "changeRequests";

/**
 * Measures the first convergence, a change of every spec, and the stop.
 *
 * @param trial The operator and its world.
 * @returns What was measured.
 * @throws {Error} If the operator ends, or the world is wrong.
 */
export async function measureConverge(
  trial: Trial,
): Promise<Measurement<ConvergeKey | ChangeKey | "stop">> {
  const { world, signal } = trial;
  const { client, namespace, names } = world;
  const count = names.length;
  const isDone = (sync: Parameters<typeof isReady>[0]) => isReady(sync, 1);
  const options = { namespace, count, isDone, signal };
  await using progress = await watchProgress(world.syncs, options);
  const before = await readServerCounts(client, { signal });

  await using operator = startOperator(trial.operator, trial);
  const { first, all } = await operator.during(progress.reached);
  const ready = await operator.usage();
  await operator.during(untilQuiet(client, { signal }));
  const settled = await operator.usage();
  const after = await readServerCounts(client, { signal });
  const converge = countsSince(after.requests, before.requests);
  await verifyWorld(world, { revision: 0, events: 1 });

  const change = await measureChange(trial, operator);
  const { ms } = await operator.stop();
  return {
    figures: {
      firstReady: first - operator.startedAt,
      allReady: all - operator.startedAt,
      cpuReady: ready.cpu,
      cpuSettled: settled.cpu,
      peakMemory: settled.peak,
      requests: objectRequests(converge) / count,
      ...change.figures,
      stop: ms,
    },
    requests: { converge, ...change.requests },
  };
}

async function measureChange(
  { world, signal }: Trial,
  operator: OperatorProcess,
): Promise<Measurement<ChangeKey>> {
  const { client, namespace, names, syncs } = world;
  const count = names.length;
  await using progress = await watchProgress(syncs, {
    namespace,
    count,
    isDone: (sync) => isReady(sync, 2),
    signal,
  });
  const before = await readServerCounts(client, { signal });
  const { cpu } = await operator.usage();
  const start = performance.now();
  await eachConcurrently(names, {
    task: (name) =>
      syncs.patch(
        { name, namespace },
        mergePatch({ spec: { data: wantedData(name, 1) } }),
        { signal },
      ),
  });
  const { all } = await operator.during(progress.reached);
  await operator.during(untilQuiet(client, { signal }));
  const changed = await operator.usage();
  const after = await readServerCounts(client, { signal });
  const ours = { ...before.requests };
  ours["PATCH configmapsyncs"] = count + (ours["PATCH configmapsyncs"] ?? 0);
  const change = countsSince(after.requests, ours);
  await verifyWorld(world, { revision: 1 });
  const figures: Pick<Figures, ChangeKey> = {
    changeReady: all - start,
    changeCpu: changed.cpu - cpu,
    changeRequests: objectRequests(change) / count,
  };
  return { figures, requests: { change } };
}
