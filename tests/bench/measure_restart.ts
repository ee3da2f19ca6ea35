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
import { verifyUntouched, worldVersions } from "./world_versions.ts";

/**
 * Measures a start of the operator on a world that needs no work.
 *
 * @param trial The operator and its world.
 * @returns What was measured.
 * @throws {Error} If the operator ends, or writes an object.
 */
export async function measureRestart(
  trial: Trial,
): Promise<
  Measurement<"restartCpu" | "restartMemory" | "restartRequests">
> {
  const { world, idleWatches, signal } = trial;
  const { client, names } = world;
  const versions = worldVersions(await verifyWorld(world, { revision: 1 }));
  const before = await readServerCounts(client, { signal });

  await using operator = startOperator(trial.operator, trial);
  await operator.during(untilQuiet(client, { idleWatches, signal }));
  const { cpu, resident } = await operator.usage();
  await operator.stop();
  const after = await readServerCounts(client, { signal });
  const restart = countsSince(after.requests, before.requests);
  const content = await verifyWorld(world, { revision: 1 });
  verifyUntouched(versions, worldVersions(content));
  return {
    figures: {
      restartCpu: cpu,
      restartMemory: resident,
      restartRequests: objectRequests(restart) / names.length,
    },
    requests: { restart },
  };
}
