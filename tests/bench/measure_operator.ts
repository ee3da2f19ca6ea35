import type { Client } from "@koprs/koprs/core";
import { createWorld } from "./bench_world.ts";
import type { Measurement } from "./figures.ts";
import { measureConverge } from "./measure_converge.ts";
import { measureRepair } from "./measure_repair.ts";
import { measureRestart } from "./measure_restart.ts";
import type { Operator } from "./operator_process.ts";
import { readServerCounts } from "./request_counts.ts";
import type { Trial } from "./trial.ts";

/** Options of {@linkcode measureOperator}. */
export interface MeasureOperatorOptions {
  /** Who makes and reads the objects. */
  readonly client: Client;
  /** Path of the kubeconfig that the operator gets. */
  readonly kubeconfig: string;
  /** How many objects. */
  readonly objects: number;
  /** File that takes what the operator prints. */
  readonly log: string;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Measures an operator: first convergence, change of every spec, stop,
 * restart, repair.
 *
 * @param operator The operator.
 * @param options The API server, and how many objects.
 * @returns All figures.
 * @throws {Error} If the operator fails, takes minutes, or leaves a wrong world.
 */
export async function measureOperator(
  operator: Operator,
  { client, kubeconfig, objects, log, signal: outer }: MeasureOperatorOptions,
): Promise<Measurement> {
  const limit = 180_000 + 200 * objects;
  const signal = AbortSignal.any([outer, AbortSignal.timeout(limit)]);
  const { watches } = await readServerCounts(client, { signal });
  const label = operator.name;
  await using world = await createWorld(client, { objects, label, signal });
  const trial: Trial = {
    operator,
    kubeconfig,
    log,
    world,
    idleWatches: watches,
    signal,
  };
  const converge = await measureConverge(trial);
  const restart = await measureRestart(trial);
  const repair = await measureRepair(trial);
  return {
    figures: { ...converge.figures, ...restart.figures, ...repair.figures },
    requests: { ...converge.requests, ...restart.requests, ...repair.requests },
  };
}
