import { type ProcessStat, readProcessStat } from "./process_stat.ts";

/** A program that keeps a ConfigMap for each ConfigMapSync. */
export interface Operator {
  /** What tables call it. */
  readonly name: string;
  /** Path of the program. */
  readonly program: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** What its environment has besides ours. */
  readonly env: Readonly<Record<string, string>>;
}

/** Options of {@linkcode startOperator}. */
export interface StartOperatorOptions {
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** File that takes what it prints. */
  readonly log: string;
}

/** An operator that runs; disposing of it kills it. */
export interface OperatorProcess extends AsyncDisposable {
  /** When it was started, as `performance.now()` counts. */
  readonly startedAt: number;
  /**
   * Waits for something that needs the operator.
   *
   * @typeParam T What comes of it.
   * @param awaited What is waited for.
   * @returns What came of it; rejects if the operator ends before.
   */
  during<T>(awaited: Promise<T>): Promise<T>;
  /**
   * Asks what the operator has used.
   *
   * @returns CPU time and memory.
   */
  usage(): Promise<ProcessStat>;
  /**
   * Ends the operator by SIGTERM.
   *
   * @returns How long that took; rejects if it does not end well.
   */
  stop(): Promise<{ readonly ms: number }>;
}

const PATIENCE = 30_000;
const SCRIPT = 'log=$1; shift; exec "$@" >"$log" 2>&1 </dev/null';

/**
 * Starts an operator.
 *
 * @param operator The operator.
 * @param options Its API server, and where its output goes.
 * @returns The running operator.
 */
export function startOperator(
  { name, program, args, env }: Operator,
  { kubeconfig, log }: StartOperatorOptions,
): OperatorProcess {
  const startedAt = performance.now();
  const child = new Deno.Command("sh", {
    args: ["-c", SCRIPT, "sh", log, program, ...args],
    env: { ...env, KUBECONFIG: kubeconfig },
    stdin: "null",
  }).spawn();
  let isStopping = false;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {}); // nobody may be waiting when it ends
  const ended = child.status.then(async ({ success, code, signal }) => {
    if (isStopping && success) return;
    const tail = (await Deno.readTextFile(log)).trim().split("\n").slice(-4);
    const how = signal ?? `exit code ${code}`;
    failed.reject(
      new Error(`Operator ${name} ended (${how}): ${tail.join(" | ")}`),
    );
  });
  const kill = (signal: Deno.Signal): void => {
    try {
      child.kill(signal);
    } catch {
      // It has ended.
    }
  };
  return {
    startedAt,
    during: (awaited) => Promise.race([awaited, failed.promise]),
    usage: () => readProcessStat(child.pid),
    async stop(): Promise<{ readonly ms: number }> {
      const asked = performance.now();
      isStopping = true;
      kill("SIGTERM");
      const timer = setTimeout(kill, PATIENCE, "SIGKILL");
      await Promise.race([ended, failed.promise]);
      clearTimeout(timer);
      return { ms: performance.now() - asked };
    },
    async [Symbol.asyncDispose](): Promise<void> {
      kill("SIGKILL");
      await ended;
    },
  };
}
