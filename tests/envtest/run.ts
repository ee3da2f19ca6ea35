/**
 * `deno task test:envtest`: the journeys on a real API server. Paths given as
 * arguments narrow the run; `--existing-cluster` runs on the cluster that
 * `KUBECONFIG` names instead of starting one.
 *
 * Then come the tests that need an API server which calls webhooks of this
 * machine; they are counted apart, since only journeys run on both servers.
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

/** They need a server that this program started. */
const CALLED_BACK = ["tests/envtest/converting_versions.ts"];

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
        ? await runFiles(journeyFiles(), existingKubeconfig(), {
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
  const run = await runFiles(journeyFiles(), envtest.kubeconfig, options);
  if (givenFiles().length > 0) return run;
  const more = await runFiles(CALLED_BACK, envtest.kubeconfig, options);
  // deno-lint-ignore no-console
  console.log(
    `Called back by the API server: ${more.passed} passed, ` +
      `${more.failed} failed`,
  );
  return { ...run, code: run.code || more.code };
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

function journeyFiles(): readonly string[] {
  const given = givenFiles();
  const files = given.length > 0 ? given : journeys();
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
