import { assertEquals } from "@std/assert";
import { embeddedTarget } from "../conformance_target.ts";
import { differences } from "../differences.ts";
import { readRecordedSequences } from "./recorded_sequences.ts";
import { runSequence } from "./run_sequence.ts";
import { installWorld } from "./sequence_world.ts";

Deno.test("conformance of the embedded server: recorded random sequences", async () => {
  await using target = await embeddedTarget("sequences");
  const namespace = "sequences-replay";
  await using _world = await installWorld(target, namespace);
  for (const [seed, wanted] of Object.entries(await readRecordedSequences())) {
    const { answers } = await runSequence(target, Number(seed), namespace);
    assertEquals(
      differences(wanted, answers),
      [],
      `seed ${seed} differs from a real kube-apiserver`,
    );
  }
});
