import { parseArgs } from "node:util";

/** What `deno task ci` is asked to do. */
export interface CiOptions {
  /** Whether dependencies are looked up among known vulnerabilities. */
  readonly audit: boolean;
  /** Whether tests run on a real API server, real stores and foreign clients. */
  readonly integration: boolean;
  /** Whether the documentation is built. */
  readonly doc: boolean;
  /** Whether the tests measure which lines they run. */
  readonly coverage: boolean;
  /** Whether the benchmarks are run. */
  readonly bench: boolean;
  /** The least share of covered lines, in percent. */
  readonly coverageFailUnder?: number;
}

/** What `deno task ci --help` prints. */
export const CI_USAGE = `Usage: deno task ci [flags]

Runs every check, tells the time of each and fails if one has failed.

  --fast                   no audit, integration, documentation or coverage
  --no-audit               no look-up of known vulnerabilities and licences
  --no-integration         nothing that needs Go, a real API server or a store
  --no-doc                 no HTML documentation
  --no-coverage            no measure of the lines that tests run
  --bench                  runs the benchmarks as well
  --coverage-fail-under=N  fails below N percent of covered lines
  --help                   prints this`;

/**
 * Reads the command line of `deno task ci`.
 *
 * @param args The arguments.
 * @returns The options; undefined when help is asked for.
 * @throws {TypeError} If there is an unknown flag, or N is no percentage.
 */
export function ciOptions(args: readonly string[]): CiOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "fast": { type: "boolean", default: false },
      "no-audit": { type: "boolean", default: false },
      "no-integration": { type: "boolean", default: false },
      "no-doc": { type: "boolean", default: false },
      "no-coverage": { type: "boolean", default: false },
      "bench": { type: "boolean", default: false },
      "coverage-fail-under": { type: "string" },
      "help": { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const wanted = (without: "audit" | "integration" | "doc" | "coverage") =>
    !values.fast && !values[`no-${without}`];
  const options = {
    audit: wanted("audit"),
    integration: wanted("integration"),
    doc: wanted("doc"),
    coverage: wanted("coverage"),
    bench: values.bench,
  };
  const limit = values["coverage-fail-under"];
  if (limit === undefined) return options;
  if (!options.coverage) {
    throw new TypeError(
      "Cannot use --coverage-fail-under: coverage is switched off",
    );
  }
  return { ...options, coverageFailUnder: percentage(limit) };
}

function percentage(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value <= 100) return value;
  throw new TypeError(
    `Cannot use --coverage-fail-under: "${text}" is not a number from 0 to 100`,
  );
}
