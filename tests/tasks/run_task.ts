import type { StepResult } from "./step.ts";

const COUNT_REGEXP = /^(\d+) passed, (\d+) failed$/gm;
// deno-lint-ignore no-control-regex
const ANSI_REGEXP = /\x1b\[[0-9;]*m/g;

/**
 * Runs a task of `deno.json`, passes its output on and counts its tests.
 *
 * Needs `--allow-run` for Deno itself.
 *
 * @param name The task.
 * @param args Its arguments.
 * @returns Whether it succeeded, and the sum of its lines `N passed, N failed`.
 */
export async function runTask(
  name: string,
  args: readonly string[] = [],
): Promise<StepResult> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", name, ...args],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const [kept, passedOn] = child.stdout.tee();
  const [output, { success }] = await Promise.all([
    new Response(kept).text(),
    child.status,
    passedOn.pipeTo(Deno.stdout.writable, { preventClose: true }),
  ]);
  const tests = taskTests(output);
  return {
    outcome: success ? "ok" : "failed",
    ...tests !== undefined && { tests },
  };
}

/**
 * Sums up the lines `N passed, N failed` of a task.
 *
 * @param output What it printed.
 * @returns The sum; undefined if there is no such line.
 */
export function taskTests(output: string): StepResult["tests"] {
  const counts = [...output.replace(ANSI_REGEXP, "").matchAll(COUNT_REGEXP)];
  if (counts.length === 0) return undefined;
  return {
    passed: counts.reduce((sum, [, passed]) => sum + Number(passed), 0),
    failed: counts.reduce((sum, [, , failed]) => sum + Number(failed), 0),
  };
}
