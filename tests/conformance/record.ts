/**
 * Runs the cases in `cases` against a real kube-apiserver and writes its answers
 * into them. A new case is one whose steps have no `expect` yet.
 *
 * ```sh
 * deno run --allow-read --allow-write --allow-net \
 *   tests/conformance/record.ts KUBECONFIG [THEME…]
 * ```
 *
 * @module
 */
import { readTheme, themes, writeTheme } from "./case_files.ts";
import type { ConformanceCase } from "./conformance_case.ts";
import { realTarget } from "./conformance_target.ts";
import { eachConcurrently } from "../bench/each_concurrently.ts";
import { runCase } from "./run_case.ts";

const PARALLEL = 12;

async function record(
  kubeconfig: string,
  chosen: readonly string[],
): Promise<void> {
  await using target = await realTarget(kubeconfig);
  const prefix = `conf-${Date.now().toString(36)}`;
  for (const theme of chosen) {
    const cases = await readTheme(theme);
    const recorded: ConformanceCase[] = [...cases];
    const task = async ([index, of]: [number, ConformanceCase]) => {
      const namespace = `${prefix}-${theme.replaceAll("_", "-")}-${index}`;
      const answers = await runCase(target, of, namespace);
      const steps = of.steps.map((step, at) =>
        "sleep" in step || "settle" in step
          ? step
          : { ...step, expect: answers[at] ?? {} }
      );
      recorded[index] = { ...of, steps };
    };
    await eachConcurrently(cases.entries(), { width: PARALLEL, task });
    await writeTheme(theme, recorded);
    // deno-lint-ignore no-console -- a program talks to its user
    console.log(`${theme}: ${cases.length} cases`);
  }
}

if (import.meta.main) {
  const [kubeconfig, ...chosen] = Deno.args;
  if (kubeconfig === undefined) {
    throw new TypeError(
      "Cannot record the cases: the path of a kubeconfig is missing",
    );
  }
  await record(kubeconfig, chosen.length > 0 ? chosen : themes());
}
