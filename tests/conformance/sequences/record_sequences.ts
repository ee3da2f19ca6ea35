/**
 * Runs the first random sequences on a real kube-apiserver and writes its
 * answers to `recorded_sequences_data.json.gz`.
 *
 * ```sh
 * deno run --allow-read --allow-write --allow-net \
 *   tests/conformance/sequences/record_sequences.ts KUBECONFIG
 * ```
 *
 * @module
 */
import { eachConcurrently } from "../../bench/each_concurrently.ts";
import type { RecordedAnswer } from "../conformance_case.ts";
import { realTarget } from "../conformance_target.ts";
import { writeRecordedSequences } from "./recorded_sequences.ts";
import { runSequence } from "./run_sequence.ts";
import { installWorld } from "./sequence_world.ts";

const COUNT = 200;

async function record(kubeconfig: string): Promise<void> {
  await using target = await realTarget(kubeconfig);
  const namespace = `sequences-${Date.now().toString(36)}`;
  await using _world = await installWorld(target, namespace);
  const answers = new Map<number, readonly RecordedAnswer[]>();
  await eachConcurrently(Array.from({ length: COUNT }, (_, at) => at + 1), {
    task: async (seed) => {
      answers.set(seed, (await runSequence(target, seed, namespace)).answers);
    },
  });
  await writeRecordedSequences(Object.fromEntries(answers));
}

if (import.meta.main) {
  const [kubeconfig] = Deno.args;
  if (kubeconfig === undefined) {
    throw new TypeError(
      "Cannot record sequences: the path of a kubeconfig is missing",
    );
  }
  await record(kubeconfig);
}
