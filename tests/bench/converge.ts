/**
 * `deno task bench:converge`: what it costs until an operator has converged on
 * a real kube-apiserver, which is the only judge of requests and time.
 *
 * ConfigMapSyncs wait; the operator starts as a process of its own. Measured
 * are the first convergence, a change of every spec, the stop, a restart on the
 * unchanged world, and the repair of children that were edited and deleted
 * while the operator was down. After each phase everything is read and
 * verified: a wrong world is an error, not a figure. Requests are those that
 * the server counted; watches count when they end, ours among them.
 *
 * Exit code 1 says that our operator failed or sent too many requests. How fast
 * it was decides nothing, since that depends on the machine.
 *
 * @module
 */
import { Client, loadConfig } from "@koprs/koprs/core";
import { startEnvtest } from "../envtest/envtest.ts";
import { type BareLimit, measureBareLimit } from "./bare_limit.ts";
import { type BenchOptions, readBenchOptions, USAGE } from "./bench_options.ts";
import { checkBudgets } from "./budgets.ts";
import {
  figuresOf,
  figureTable,
  type Outcome,
  requestTable,
} from "./converge_report.ts";
import { type Measurement, median } from "./figures.ts";
import { installCrd } from "./install_crd.ts";
import { measureOperator } from "./measure_operator.ts";
import type { Operator } from "./operator_process.ts";
import { CACHE, ownOperator, peerOperator } from "./operators.ts";

if (import.meta.main) {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort());
  }
  try {
    const options = readBenchOptions(Deno.args);
    const isGood = await converge(options, interrupted.signal);
    Deno.exit(isGood ? 0 : 1);
  } catch (error) {
    print(messageOf(error));
    if (error instanceof TypeError) print(USAGE);
    Deno.exit(1);
  }
}

async function converge(
  options: BenchOptions,
  signal: AbortSignal,
): Promise<boolean> {
  await Deno.mkdir(CACHE, { recursive: true });
  const operators = await buildOperators(options);
  await using server = options.kubeconfig === undefined
    ? await startEnvtest({ signal })
    : undefined;
  const kubeconfig = server?.kubeconfig ?? options.kubeconfig ?? "";
  await using client = new Client(await loadConfig({ kubeconfig }), {
    fieldManager: "converge-bench",
  });
  await using _crd = await installCrd(client, { signal });
  const limits: BareLimit[] = [];
  const outcomes = operators.map(({ name }) => ({
    name,
    measurements: new Array<Measurement>(),
    failures: new Array<string>(),
  }));
  for (let round = 1; round <= options.rounds; round++) {
    limits.push(await measureBareLimit(client, { ...options, signal }));
    for (const [index, operator] of operators.entries()) {
      print(`Round ${round}: ${operator.name} ...`);
      const log = `${CACHE}${operator.name}.log`;
      try {
        outcomes[index]?.measurements.push(
          await measureOperator(operator, {
            ...options,
            client,
            kubeconfig,
            log,
            signal,
          }),
        );
      } catch (error) {
        signal.throwIfAborted();
        print(messageOf(error));
        outcomes[index]?.failures.push(messageOf(error));
      }
    }
  }
  return report(outcomes, { limits, options });
}

async function buildOperators(
  { workers, peers }: BenchOptions,
): Promise<Operator[]> {
  const operators = [await ownOperator(workers)];
  for (const peer of peers) {
    try {
      operators.push(await peerOperator(peer, workers));
    } catch (error) {
      print(`Without the ${peer} peer: ${messageOf(error)}`);
    }
  }
  return operators;
}

function report(
  [ours, ...peers]: readonly Outcome[],
  { limits, options }: {
    readonly limits: readonly BareLimit[];
    readonly options: BenchOptions;
  },
): boolean {
  if (ours === undefined) return false;
  const { objects, workers, rounds } = options;
  print(`\n${objects} objects, ${workers} workers, median of ${rounds}\n`);
  print(figureTable([ours, ...peers]));
  print(`\n${requestTable([ours, ...peers])}\n`);
  const limit = median(limits.map(({ ms }) => ms));
  const cpu = median(limits.map((each) => each.cpu));
  const ratio = (figuresOf(ours)?.allReady ?? NaN) / limit;
  print(
    `Bare limit: ${4 * objects} writes, ${workers} objects at a time, in ${
      limit.toFixed(0)
    } ms with ${cpu.toFixed(2)} s of CPU; all Ready took ${
      ratio.toFixed(2)
    } times as long`,
  );
  for (const { name, failures } of [ours, ...peers]) {
    for (const failure of failures) print(`failed: ${name}: ${failure}`);
  }
  const budgets = checkBudgets(ours, peers);
  for (const { text, isMet } of budgets) {
    print(`${isMet ? "ok" : "missed"}: ${text}`);
  }
  return ours.failures.length === 0 &&
    budgets.every(({ isMet, isStrict }) => isMet || !isStrict);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function print(text: string): void {
  // deno-lint-ignore no-console
  console.log(text);
}
