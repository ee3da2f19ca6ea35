import type { ConfigMap } from "@koprs/koprs/builtin";
import { mergePatch } from "@koprs/koprs/core";
import { wantedData } from "./bench_world.ts";
import { eachConcurrently } from "./each_concurrently.ts";
import type { Measurement } from "./figures.ts";
import { startOperator } from "./operator_process.ts";
import {
  countsSince,
  objectRequests,
  readServerCounts,
} from "./request_counts.ts";
import type { Trial } from "./trial.ts";
import { untilQuiet } from "./until_quiet.ts";
import { verifyWorld } from "./verify_world.ts";
import { watchProgress } from "./watch_progress.ts";
import { verifyUntouched, worldVersions } from "./world_versions.ts";

/**
 * Edits every tenth child and deletes every tenth while the operator is down,
 * and measures how it repairs them when it starts.
 *
 * @param trial The operator and its world.
 * @returns What was measured.
 * @throws {Error} If the operator ends, leaves a child wrong, or writes others.
 */
export async function measureRepair(
  trial: Trial,
): Promise<Measurement<"repair" | "repairRequests">> {
  const { world, idleWatches, signal } = trial;
  const { client, namespace, configMaps } = world;
  const content = await verifyWorld(world, { revision: 1 });
  const edited = world.names.filter((_, index) => index % 10 === 0);
  const deleted = world.names.filter((_, index) => index % 10 === 5);
  const damaged = new Set([...edited, ...deleted].map((name) => `cms-${name}`));
  const keyOf = (name: string) => ({ name: `cms-${name}`, namespace });
  const edit = mergePatch({ data: { a: "edited" } });
  await eachConcurrently(edited, {
    task: (name) => configMaps.patch(keyOf(name), edit, { signal }),
  });
  await eachConcurrently(deleted, {
    task: (name) => configMaps.delete(keyOf(name), { signal }),
  });
  const others = worldVersions({
    syncs: content.syncs.filter(({ metadata }) =>
      !damaged.has(`cms-${metadata.name}`)
    ),
    children: content.children.filter(({ metadata }) =>
      !damaged.has(metadata.name)
    ),
  });
  await using progress = await watchProgress(configMaps, {
    namespace,
    count: damaged.size,
    isDone: ({ metadata: { name }, data }: ConfigMap) =>
      damaged.has(name) && data?.a === wantedData(name.slice(4), 1).a,
    signal,
  });
  const before = await readServerCounts(client, { signal });

  await using operator = startOperator(trial.operator, trial);
  const { all } = await operator.during(progress.reached);
  await operator.during(untilQuiet(client, { idleWatches, signal }));
  await operator.stop();
  const after = await readServerCounts(client, { signal });
  const repair = countsSince(after.requests, before.requests);
  const repaired = await verifyWorld(world, { revision: 1 });
  verifyUntouched(others, worldVersions(repaired));
  return {
    figures: {
      repair: all - operator.startedAt,
      repairRequests: objectRequests(repair) / damaged.size,
    },
    requests: { repair },
  };
}
