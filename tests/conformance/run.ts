/**
 * Runs the conformance cases on the embedded server and prints what differs from
 * the record of a real kube-apiserver; with a kubeconfig in
 * `KOPRS_TEST_KUBECONFIG` on that server as well, with `--real` on one that it
 * starts. With a real server, random sequences are run on both as well.
 *
 * ```sh
 * deno task conformance [THEME…] [--case REGEXP] [--real] [--sequences N]
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { themes } from "./case_files.ts";
import {
  type ConformanceTarget,
  embeddedTarget,
  realTarget,
} from "./conformance_target.ts";
import { compareSequences } from "./sequences/compare_sequences.ts";
import { type CaseResult, runTheme } from "./run_theme.ts";

const WIDTH = 300;
const SEQUENCES = 10_000;

interface Chosen {
  readonly themes: readonly string[];
  readonly filter: RegExp;
  readonly isReal?: boolean;
}

async function run(args: readonly string[]): Promise<number> {
  const { themes: named, filter, isReal, sequences } = optionsOf(args);
  const all = named.length > 0 ? named : themes();
  let failed = 0;
  for (const theme of all) {
    await using target = await embeddedTarget(theme);
    failed += await compare("embedded", target, { filter, themes: [theme] });
  }
  await using server = await realServer(isReal);
  if (server !== undefined) {
    await using target = await realTarget(server.kubeconfig);
    const chosen = { filter, themes: all, isReal: true };
    failed += await compare("real", target, chosen);
    if (named.length === 0) failed += await compareRandom(target, sequences);
  }
  say(`${failed} cases differ`);
  return failed;
}

interface Options extends Chosen {
  readonly isReal: boolean;
  readonly sequences: number;
}

function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      case: { type: "string", default: "." },
      real: { type: "boolean", default: false },
      sequences: { type: "string", default: String(SEQUENCES) },
    },
  });
  return {
    themes: positionals,
    filter: new RegExp(values.case),
    isReal: values.real,
    sequences: Number(values.sequences),
  };
}

/** Starts a real server only if there is none and it is asked for. */
async function realServer(
  isWanted: boolean,
): Promise<AsyncDisposable & { readonly kubeconfig: string } | undefined> {
  const kubeconfig = Deno.env.get("KOPRS_TEST_KUBECONFIG");
  if (kubeconfig !== undefined) {
    return { kubeconfig, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  if (!isWanted) return undefined;
  const { startAgedServer } = await import("./aged_server.ts");
  return await startAgedServer();
}

/** Runs random sequences on both servers at once. */
async function compareRandom(
  real: ConformanceTarget,
  count: number,
): Promise<number> {
  await using embedded = await embeddedTarget("sequences");
  const range = { first: 1, count };
  const differing = await compareSequences(real, embedded, range);
  for (const { seed, requests, differences } of differing) {
    const { method, path } = requests.at(-1) ?? { method: "", path: "" };
    print({ name: `seed ${seed}: ${method} ${path}`, differences });
  }
  say(`both sequences: ${differing.length} of ${count} differ`);
  return differing.length;
}

async function compare(
  name: string,
  target: ConformanceTarget,
  { themes, ...options }: Chosen,
): Promise<number> {
  let failed = 0;
  for (const theme of themes) {
    const results = await runTheme(target, theme, options);
    const differing = results.filter((of) => of.differences.length > 0);
    for (const result of differing) print(result);
    say(`${name} ${theme}: ${differing.length} of ${results.length} differ`);
    failed += differing.length;
  }
  return failed;
}

function print({ name, differences }: CaseResult): void {
  say(name);
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
