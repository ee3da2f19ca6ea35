import { runDeno } from "../offline/deno_command.ts";
import type { StepResult } from "./step.ts";

/** What Deno says when the registry was not reached or does not answer. */
const UNREACHABLE_REGEXP = /error sending request|registry|lookup|connect/i;
const FOUND_REGEXP = /\b\d+ vulnerabilit|Severity:/i;

/**
 * Looks the dependencies up among known vulnerabilities (`deno audit`).
 *
 * @returns A warning when the registry cannot be asked.
 */
export async function auditStep(): Promise<StepResult> {
  const { success, output } = await runDeno(["audit"]);
  return auditResult(success, output);
}

/**
 * Reads what `deno audit` said.
 *
 * @param success Whether it succeeded.
 * @param output What it printed.
 * @returns A failure for what it found, a warning for what it could not ask.
 */
export function auditResult(success: boolean, output: string): StepResult {
  if (success) return { outcome: "ok" };
  const lines = output.split("\n").map((line) => line.trim());
  const line = lines.find((text) => text !== "") ?? "deno audit failed";
  return !FOUND_REGEXP.test(output) && UNREACHABLE_REGEXP.test(output)
    ? { outcome: "warning", note: `Cannot ask the registry: ${line}` }
    : { outcome: "failed", note: line };
}
