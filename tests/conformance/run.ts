/**
 * Runs the conformance cases on the embedded server and prints what differs from
 * the record of a real kube-apiserver; with a kubeconfig in
 * `KOPRS_TEST_KUBECONFIG` on that server as well, with `--real` on one that it
 * starts.
 *
 * ```sh
 * deno task conformance [THEME…] [--case REGEXP] [--real]
 * ```
 *
 * @module
 */
import { themes } from "./case_files.ts";
import {
  type ConformanceTarget,
  embeddedTarget,
  realTarget,
} from "./conformance_target.ts";
import { knownDifferences } from "./known_differences.ts";
import { type CaseResult, runTheme } from "./run_theme.ts";

const WIDTH = 300;

interface Chosen {
  readonly themes: readonly string[];
  readonly filter: RegExp;
}

async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf("--case");
  const filter = new RegExp(at < 0 ? "." : args[at + 1] ?? ".");
  const rest = at < 0 ? args : args.toSpliced(at, 2);
  const named = rest.filter((name) => name !== "--real");
  const chosen = { themes: named.length > 0 ? named : themes(), filter };
  let failed = 0;
  for (const theme of chosen.themes) {
    await using target = await embeddedTarget(theme);
    failed += await compare("embedded", target, { filter, themes: [theme] });
  }
  failed += await compareReal(rest.includes("--real"), chosen);
  say(`${failed} cases differ`);
  return failed;
}

/** Starts a real server only if there is none and it is asked for. */
async function compareReal(isWanted: boolean, chosen: Chosen): Promise<number> {
  const existing = Deno.env.get("KOPRS_TEST_KUBECONFIG");
  if (existing !== undefined) {
    await using target = await realTarget(existing);
    return await compare("real", target, chosen);
  }
  if (!isWanted) return 0;
  const { startEnvtest } = await import("../envtest/envtest.ts");
  await using envtest = await startEnvtest();
  await using target = await realTarget(envtest.kubeconfig);
  return await compare("real", target, chosen);
}

async function compare(
  name: string,
  target: ConformanceTarget,
  { themes, filter }: Chosen,
): Promise<number> {
  let failed = 0;
  for (const theme of themes) {
    const results = await runTheme(target, theme, filter);
    const differing = results.filter((of) => of.differences.length > 0);
    for (const result of differing) print(result);
    say(`${name} ${theme}: ${differing.length} of ${results.length} differ`);
    failed += differing.length;
  }
  return failed;
}

function print({ name, differences }: CaseResult): void {
  const reason = knownDifferences.get(name);
  say(reason === undefined ? name : `${name} (known: ${reason})`);
  for (const { path, real, got } of differences) {
    say(`  ${path}\n    real ${short(real)}\n    got  ${short(got)}`);
  }
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, WIDTH);
}

function say(line: string): void {
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(line);
}

if (import.meta.main) {
  const failed = await run(Deno.args);
  Deno.exitCode = failed === 0 ? 0 : 1;
}
