import { eachConcurrently } from "../../bench/each_concurrently.ts";
import type { RecordedAnswer } from "../conformance_case.ts";
import type { ConformanceTarget } from "../conformance_target.ts";
import { type Difference, differences } from "../differences.ts";
import type { SequenceRequest } from "./next_request.ts";
import { runSequence } from "./run_sequence.ts";
import { installWorld } from "./sequence_world.ts";

/** A sequence that came out differently. */
export interface SequenceDifference {
  /** Which sequence. */
  readonly seed: number;
  /** The requests up to the difference. */
  readonly requests: readonly SequenceRequest[];
  /** What differs after the last of them. */
  readonly differences: readonly Difference[];
}

/** Which sequences to run. */
export interface SeedRange {
  /** The first seed. */
  readonly first: number;
  /** How many. */
  readonly count: number;
  /**
   * How many at a time.
   *
   * @default 8
   */
  readonly width?: number;
}

/**
 * Runs random sequences on two servers and compares each answer and the object
 * after it.
 *
 * @param real The server that is right.
 * @param other The server that is compared.
 * @param range Which sequences.
 * @returns The sequences that differ.
 */
export async function compareSequences(
  real: ConformanceTarget,
  other: ConformanceTarget,
  { first, count, width = 8 }: SeedRange,
): Promise<SequenceDifference[]> {
  const found: SequenceDifference[] = [];
  const namespace = `sequences-${Date.now().toString(36)}`;
  await using _real = await installWorld(real, namespace);
  await using _other = await installWorld(other, namespace);
  await eachConcurrently(Array.from({ length: count }, (_, at) => first + at), {
    width,
    task: async (seed) => {
      const [wanted, got] = await Promise.all([
        runSequence(real, seed, namespace),
        runSequence(other, seed, namespace),
      ]);
      const difference = firstDifference(seed, wanted, got.answers);
      if (difference !== undefined) found.push(difference);
    },
  });
  return found;
}

function firstDifference(
  seed: number,
  { requests, answers }: Awaited<ReturnType<typeof runSequence>>,
  got: readonly RecordedAnswer[],
): SequenceDifference | undefined {
  for (const [at, answer] of answers.entries()) {
    const found = differences(answer, got[at]);
    if (found.length === 0) continue;
    const upTo = requests.slice(0, Math.floor(at / 2) + 1);
    return { seed, requests: upTo, differences: found };
  }
  return undefined;
}
