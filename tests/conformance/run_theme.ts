import { eachConcurrently } from "../bench/each_concurrently.ts";
import { readTheme } from "./case_files.ts";
import type { ConformanceCase, RecordedAnswer } from "./conformance_case.ts";
import type { ConformanceTarget } from "./conformance_target.ts";
import { type Difference, differences } from "./differences.ts";
import { runCase } from "./run_case.ts";

/** How a case came out. */
export interface CaseResult {
  /** Theme and name of the case. */
  readonly name: string;
  /** What differs from the record; nothing if it passes. */
  readonly differences: readonly Difference[];
}

/**
 * Runs the cases of a theme and compares with what was recorded.
 *
 * @param target The server.
 * @param theme Name of the theme.
 * @param filter Which cases to run, by their name.
 * @returns How each came out, in the order of the file.
 */
export async function runTheme(
  target: ConformanceTarget,
  theme: string,
  filter = /./,
): Promise<CaseResult[]> {
  const cases = (await readTheme(theme)).filter(({ name }) =>
    filter.test(name)
  );
  const results: CaseResult[] = [];
  const prefix = `conf-${Date.now().toString(36)}`;
  await eachConcurrently(cases.entries(), {
    width: 12,
    task: async ([index, of]: [number, ConformanceCase]) => {
      const namespace = `${prefix}-${theme.replaceAll("_", "-")}-${index}`;
      const answers = await runCase(target, of, namespace);
      results[index] = {
        name: `${theme}: ${of.name}`,
        differences: differences(expected(of), answers),
      };
    },
  });
  return results;
}

function expected({ steps }: ConformanceCase): readonly RecordedAnswer[] {
  return steps.map((step) => "expect" in step ? step.expect ?? {} : {});
}
