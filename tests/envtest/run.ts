/**
 * `deno task test:envtest`: the journeys on a real API server. Paths given as
 * arguments narrow the run; `--existing-cluster` runs on the cluster that
 * `KUBECONFIG` names instead of starting one, without the journeys in which the
 * API server calls webhooks of this machine.
 *
 * @module
 */
import {
  finish,
  runTests,
  testPermissions,
  type TestRun,
} from "../test_run.ts";
import { startEnvtest } from "./envtest.ts";
import { journeys, KUBECONFIG_VARIABLE } from "./journeys.ts";

const TIMEOUT = 20 * 60 * 1_000;
const EXISTING = "--existing-cluster";

/** They need a server on this machine. */
const CALLED_BACK = [
  "tests/calling_webhooks_test.ts",
  "tests/converting_versions_test.ts",
];

if (import.meta.main) {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort());
  }
  const { signal } = interrupted;
  try {
    finish(
      Deno.args.includes(EXISTING)
        // A credential plugin of the kubeconfig may be any program.
        ? await runFiles(journeyFiles(CALLED_BACK), existingKubeconfig(), {
          permissions: ["-A"],
          signal,
        })
        : await runOnEnvtest(signal),
    );
  } catch (error) {
    // deno-lint-ignore no-console
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}

async function runOnEnvtest(signal: AbortSignal): Promise<TestRun> {
  await using envtest = await startEnvtest({ signal });
  const options = { permissions: testPermissions(), signal };
  return await runFiles(journeyFiles(), envtest.kubeconfig, options);
}

interface RunOptions {
  readonly permissions: readonly string[];
  readonly signal: AbortSignal;
}

async function runFiles(
  files: readonly string[],
  kubeconfig: string,
  { permissions, signal }: RunOptions,
): Promise<TestRun> {
  return await runTests(files, {
    args: permissions,
    env: { [KUBECONFIG_VARIABLE]: kubeconfig },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
  });
}

function journeyFiles(without: readonly string[] = []): readonly string[] {
  const given = givenFiles();
  const files = given.length > 0
    ? given
    : journeys().filter((path) => !without.includes(path));
  if (files.length === 0) throw new Error("Cannot find a journey to run");
  return files;
}

function givenFiles(): readonly string[] {
  return Deno.args.filter((argument) => argument !== EXISTING);
}

function existingKubeconfig(): string {
  const path = Deno.env.get("KUBECONFIG");
  if (path) return path;
  throw new Error("Cannot use an existing cluster: set KUBECONFIG");
}
