import { coveredPercent, lineCoverage } from "./line_coverage.ts";
import { runTask } from "./run_task.ts";
import type { StepResult } from "./step.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = ".cache/coverage";

/** What users run, and so what tests must have run. */
const PARTS = ["core", "external", "admission", "tests/fake"] as const;

/**
 * Runs the tests and measures which lines they run: `.cache/coverage` then
 * holds `lcov.info` and, for people, `html/index.html`.
 *
 * @param failUnder The least share of covered lines of each part, in percent.
 * @returns How the tests ended, and the share of each part.
 */
export async function coverageStep(
  failUnder: number | undefined,
): Promise<StepResult> {
  await Deno.remove(new URL(FOLDER, ROOT), { recursive: true }).catch(() => {});
  const tested = await runTask("test", [`--coverage=${FOLDER}/raw`]);
  if (tested.outcome === "failed") return tested;
  const { success, output } = await report(["--lcov"]);
  if (!success) {
    return { ...tested, outcome: "failed", note: output.trim() };
  }
  await Deno.writeTextFile(new URL(`${FOLDER}/lcov.info`, ROOT), output);
  await report(["--html"]);
  await Deno.remove(new URL(`${FOLDER}/raw`, ROOT), { recursive: true });
  const coverage = lineCoverage(output, { root: ROOT.pathname, parts: PARTS });
  const low = coverage.filter((part) =>
    failUnder !== undefined && coveredPercent(part) < failUnder
  );
  const note = coverage
    .map((part) => `${part.part} ${coveredPercent(part).toFixed(1)} %`)
    .join(", ");
  if (low.length === 0) return { ...tested, note };
  return { ...tested, outcome: "failed", note: `${note}: below ${failUnder}` };
}

async function report(
  flags: readonly string[],
): Promise<{ success: boolean; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["coverage", ...flags, "--exclude=_test\\.ts$", `${FOLDER}/raw`],
    cwd: ROOT,
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(success ? stdout : stderr);
  return { success, output: text };
}
