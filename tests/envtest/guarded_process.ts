/** Options of {@linkcode startGuarded}. */
export interface StartGuardedOptions {
  /** Arguments of the program. */
  readonly args: readonly string[];
  /** File that takes its output. */
  readonly log: string;
}

/** A program that cannot outlive this one. */
export interface GuardedProcess extends AsyncDisposable {
  /** Settles when the program has ended. */
  readonly ended: Promise<void>;
}

/**
 * Runs the program and a reader of our pipe. The pipe closes when we dispose,
 * end or crash; then the program is killed by its process id.
 */
const GUARD = `log=$1; shift; exec 3<&0; "$@" 3<&- </dev/null >"$log" 2>&1 &
pid=$!; (cat <&3 >/dev/null; kill -9 "$pid" 2>/dev/null) & wait "$pid"`;

/**
 * Starts a program that ends when this one does, however that comes about.
 *
 * @param program Path of the program.
 * @param options Its arguments and log file.
 * @returns The process; disposing of it kills the program.
 */
export function startGuarded(
  program: string,
  { args, log }: StartGuardedOptions,
): GuardedProcess {
  const child = new Deno.Command("sh", {
    args: ["-c", GUARD, "sh", log, program, ...args],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const ended = child.status.then(() => {});
  return {
    ended,
    async [Symbol.asyncDispose](): Promise<void> {
      await child.stdin.close().catch(() => {});
      await ended;
    },
  };
}
