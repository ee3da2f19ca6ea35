import { compileExample } from "./compile_example.ts";
import { NoRuntimeError } from "./compiled_program.ts";
import type { StepResult } from "./step.ts";

/**
 * Makes a binary of an example and runs it.
 *
 * @param name The example.
 * @returns A warning where Deno's runtime for binaries cannot be fetched.
 */
export async function compileStep(name: string): Promise<StepResult> {
  try {
    return { outcome: "ok", note: await compileExample(name) };
  } catch (error) {
    if (!(error instanceof NoRuntimeError)) throw error;
    return { outcome: "warning", note: error.message };
  }
}
