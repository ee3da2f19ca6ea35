import { getCondition } from "@koprs/koprs/core";
import type { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import type { BenchWorld } from "./bench_world.ts";
import type { Operator, StartOperatorOptions } from "./operator_process.ts";
import type { RequestCounts } from "./request_counts.ts";

/** One operator at work on one world. */
export interface Trial extends StartOperatorOptions {
  /** The operator. */
  readonly operator: Operator;
  /** The world. */
  readonly world: BenchWorld;
  /** Watches that are open without the operator. */
  readonly idleWatches: RequestCounts;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Whether an operator is done with a generation of a ConfigMapSync.
 *
 * @param sync The ConfigMapSync.
 * @param generation The generation.
 * @returns Whether it is ready.
 */
export function isReady(
  { metadata, status }: ConfigMapSync,
  generation: number,
): boolean {
  const ready = getCondition(status?.conditions, "Ready");
  return metadata.generation === generation && ready?.status === "True" &&
    ready.observedGeneration === generation;
}
