import { runDeno } from "../offline/deno_command.ts";
import { entryPoints } from "../offline/entry_points.ts";
import type { StepResult } from "./step.ts";

const FOLDER = ".cache/doc";

/**
 * Writes the documentation of every export as HTML; a warning is a failure.
 *
 * @returns How it ended, and where the pages are.
 */
export async function documentationStep(): Promise<StepResult> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const { success, output } = await runDeno([
    "doc",
    "--html",
    "--name=@koprs/koprs",
    `--output=${FOLDER}`,
    ...await entryPoints(),
  ]);
  const warnings = output.split("\n").filter((line) => /warning/i.test(line));
  return success && warnings.length === 0
    ? { outcome: "ok", note: `${FOLDER}/index.html` }
    : { outcome: "failed", note: warnings[0] ?? output.trim() };
}
