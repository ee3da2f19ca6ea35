/** What Deno's test runner counted. */
export interface TestCount {
  /** Tests that passed. */
  readonly passed: number;
  /** Tests that failed, uncaught errors of a module included. */
  readonly failed: number;
}

/** The end of a run of `deno test`. */
export interface TestRun extends TestCount {
  /** Exit code: Deno's own, or 1 when no test ran. */
  readonly code: number;
}

/** Options of {@linkcode runTests}. */
export interface RunTestsOptions {
  /**
   * Further arguments of `deno test`, permissions for example.
   *
   * @default {[]}
   */
  readonly args?: readonly string[];
  /**
   * Environment variables set besides the inherited ones.
   *
   * @default {{}}
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the run. */
  readonly signal?: AbortSignal;
}

/**
 * What tests may do: serve and call on loopback, read, write temporary files
 * and start Deno.
 */
export function testPermissions(): string[] {
  const temporary = Deno.env.get("TMPDIR") ?? "/tmp";
  return [
    "--no-prompt",
    "--allow-env",
    "--allow-read",
    `--allow-write=${temporary},.cache`,
    "--allow-net=127.0.0.1,localhost,0.0.0.0",
    `--allow-run=${Deno.execPath()},kubectl`,
    "--allow-sys=osRelease", // the library of Azure asks
  ];
}

/**
 * Runs `deno test`, passes its output on and counts by its own summary.
 *
 * @param paths Files and folders.
 * @param options Arguments, environment and signal.
 * @returns The counts and the exit code.
 */
export async function runTests(
  paths: readonly string[],
  { args = [], env = {}, signal }: RunTestsOptions = {},
): Promise<TestRun> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", ...args, ...paths],
    env,
    stdin: "null",
    stdout: "piped",
    ...(signal === undefined ? {} : { signal }),
  }).spawn();
  let output = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    output += decoder.decode(chunk, { stream: true });
    for (let rest = chunk; rest.length > 0;) {
      rest = rest.subarray(await Deno.stdout.write(rest));
    }
  }
  if (output !== "" && !output.endsWith("\n")) {
    await Deno.stdout.write(new TextEncoder().encode("\n"));
  }
  const { code } = await child.status;
  const count = countTests(output);
  const ran = count.passed + count.failed > 0;
  return { ...count, code: code === 0 && !ran ? 1 : code };
}

// deno-lint-ignore no-control-regex
const ANSI_REGEXP = /\x1b\[[0-9;]*m/g;
const SUMMARY_REGEXP =
  /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed/gm;

/**
 * Reads the last summary in the output of one `deno test`; earlier ones are
 * output of the tests themselves.
 *
 * @param output What it printed.
 * @returns The counts; zeros without a summary.
 */
export function countTests(output: string): TestCount {
  const plain = output.replace(ANSI_REGEXP, "");
  const summary = [...plain.matchAll(SUMMARY_REGEXP)].at(-1);
  return {
    passed: Number(summary?.[1] ?? 0),
    failed: Number(summary?.[2] ?? 0),
  };
}

/**
 * Prints the counts on a line of their own and ends the program.
 *
 * @param run The run.
 */
export function finish({ passed, failed, code }: TestRun): never {
  // deno-lint-ignore no-console
  console.log(`${passed} passed, ${failed} failed`);
  Deno.exit(code);
}
