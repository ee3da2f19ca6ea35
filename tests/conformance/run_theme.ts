import { eachConcurrently } from "../bench/each_concurrently.ts";
import { askedOnce } from "./asked_once.ts";
import { readTheme } from "./case_files.ts";
import type { ConformanceCase, RecordedAnswer } from "./conformance_case.ts";
import type { ConformanceTarget } from "./conformance_target.ts";
import { type Difference, differences } from "./differences.ts";
import { runCase } from "./run_case.ts";

const REAL_TRIES = 3;

/** How a case came out. */
export interface CaseResult {
  /** Theme and name of the case. */
  readonly name: string;
  /** What differs from the record; nothing if it passes. */
  readonly differences: readonly Difference[];
}

/** Options of {@linkcode runTheme}. */
export interface RunThemeOptions {
  /**
   * Which cases to run, by their name.
   *
   * @default {/./}
   */
  readonly filter?: RegExp;
  /**
   * Whether the server is a real one, which is not the same each time: a case
   * that differs is run again, and a webhook may be asked again.
   *
   * @default {false}
   */
  readonly isReal?: boolean;
}

/**
 * Runs the cases of a theme and compares with what was recorded.
 *
 * @param target The server.
 * @param theme Name of the theme.
 * @param options Which cases, and what is known of the server.
 * @returns How each came out, in the order of the file.
 */
export async function runTheme(
  target: ConformanceTarget,
  theme: string,
  { filter = /./, isReal = false }: RunThemeOptions = {},
): Promise<CaseResult[]> {
  const cases = (await readTheme(theme)).filter(({ name }) =>
    filter.test(name)
  );
  const results: CaseResult[] = [];
  const tries = isReal ? REAL_TRIES : 1;
  const comparable = isReal ? askedOnce : Array.from<RecordedAnswer>;
  const prefix = `conf-${Date.now().toString(36)}`;
  await eachConcurrently(cases.entries(), {
    width: 12,
    task: async ([index, of]: [number, ConformanceCase]) => {
      let found: readonly Difference[] = [];
      for (let attempt = 0; attempt < tries; attempt++) {
        const again = attempt === 0 ? "" : `-${attempt}`;
        const place = `${theme.replaceAll("_", "-")}-${index}${again}`;
        const answers = await runCase(target, of, `${prefix}-${place}`);
        found = differences(comparable(expected(of)), comparable(answers));
        if (found.length === 0) break;
      }
      results[index] = { name: `${theme}: ${of.name}`, differences: found };
    },
  });
  return results;
}

function expected({ steps }: ConformanceCase): readonly RecordedAnswer[] {
  return steps.map((step) => "expect" in step ? step.expect ?? {} : {});
}
