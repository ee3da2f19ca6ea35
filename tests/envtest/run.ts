/**
 * `deno task test:envtest`: the journeys on a real API server. Paths given as
 * arguments narrow the run; `--existing-cluster` runs on the cluster that
 * `KUBECONFIG` names instead of starting one.
 *
 * @module
 */
import { sourceFiles } from "../source_file.ts";
import { finish, runTests, testPermissions } from "../test_run.ts";
import { startEnvtest } from "./envtest.ts";

const TIMEOUT = 20 * 60 * 1_000;
const EXISTING = "--existing-cluster";
/** Names the kubeconfig of the server that the journeys run on. */
const VARIABLE = "KOPRS_TEST_KUBECONFIG";

if (import.meta.main) {
  const paths = Deno.args.filter((argument) => argument !== EXISTING);
  const isExisting = Deno.args.includes(EXISTING);
  const interrupted = new AbortController();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) {
    Deno.addSignalListener(signal, () => interrupted.abort());
  }
  const signal = AbortSignal.any([
    interrupted.signal,
    AbortSignal.timeout(TIMEOUT),
  ]);
  try {
    finish(
      isExisting
        ? await runJourneys(existingKubeconfig(), { paths, signal })
        : await runOnEnvtest({ paths, signal }),
    );
  } catch (error) {
    // deno-lint-ignore no-console
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}

interface Journeys {
  readonly paths: readonly string[];
  readonly signal: AbortSignal;
}

async function runOnEnvtest(journeys: Journeys): ReturnType<typeof runTests> {
  await using envtest = await startEnvtest({ signal: journeys.signal });
  return await runJourneys(envtest.kubeconfig, journeys);
}

async function runJourneys(
  kubeconfig: string,
  { paths, signal }: Journeys,
): ReturnType<typeof runTests> {
  const files = paths.length > 0 ? paths : journeyFiles();
  if (files.length === 0) throw new Error("Cannot find a journey to run");
  return await runTests(files, {
    args: [...testPermissions(), "--allow-net"],
    env: { [VARIABLE]: kubeconfig },
    signal,
  });
}

/** The tests that run on whatever server the environment names. */
function journeyFiles(): string[] {
  return sourceFiles().filter(({ path, text, imports }) =>
    path.endsWith("_test.ts") &&
    (imports.some((found) => found.path === "tests/journey.ts") ||
      text.includes(VARIABLE))
  ).map(({ path }) => path);
}

function existingKubeconfig(): string {
  const path = Deno.env.get("KUBECONFIG");
  if (path) return path;
  throw new Error("Cannot use an existing cluster: set KUBECONFIG");
}
