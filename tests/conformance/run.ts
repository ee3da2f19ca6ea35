/**
 * Runs the conformance cases on the embedded server and prints what differs from
 * the record of a real kube-apiserver; with a kubeconfig in
 * `KOPRS_TEST_KUBECONFIG` on that server as well.
 *
 * ```sh
 * deno task conformance [THEME…] [--case REGEXP]
 * ```
 *
 * @module
 */
import { themes } from "./case_files.ts";
import { embeddedTarget, realTarget } from "./conformance_target.ts";
import { knownDifferences } from "./known_differences.ts";
import { type CaseResult, runTheme } from "./run_theme.ts";

const WIDTH = 300;

async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf("--case");
  const filter = new RegExp(at < 0 ? "." : args[at + 1] ?? ".");
  const named = at < 0 ? args : args.toSpliced(at, 2);
  const chosen = named.length > 0 ? named : themes();
  const kubeconfig = Deno.env.get("KOPRS_TEST_KUBECONFIG");
  let failed = 0;
  for (const [name, start] of targets(kubeconfig)) {
    for (const theme of chosen) {
      await using target = await start(theme);
      const results = await runTheme(target, theme, filter);
      const differing = results.filter((of) => of.differences.length > 0);
      for (const result of differing) print(result);
      say(`${name} ${theme}: ${differing.length} of ${results.length} differ`);
      failed += differing.length;
    }
  }
  say(`${failed} cases differ`);
  return failed;
}

type Target = [string, (theme: string) => ReturnType<typeof realTarget>];

function targets(kubeconfig: string | undefined): Target[] {
  const embedded: Target = ["embedded", embeddedTarget];
  if (kubeconfig === undefined) return [embedded];
  return [embedded, ["real", () => realTarget(kubeconfig)]];
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
