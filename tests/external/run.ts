/**
 * `deno task test:external`: the journeys of object stores on real servers,
 * which are started one after the other and stopped whatever happens. Names
 * of kinds (`s3`, `azure`, `gcs`) narrow the run; with `--strict` a server
 * that cannot be had on this machine is a failure.
 *
 * @module
 */
import { finish, runTests, testPermissions } from "../test_run.ts";
import { UnavailableError } from "./store_programs.ts";
import { startStoreServer, type StoreKind } from "./store_server.ts";
import { KIND_VARIABLE, URL_VARIABLE } from "./store_world.ts";

const KINDS: readonly StoreKind[] = ["s3", "azure", "gcs"];
const TIMEOUT = 5 * 60 * 1_000;

if (import.meta.main) {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort());
  }
  const strict = Deno.args.includes("--strict");
  const given = KINDS.filter((kind) => Deno.args.includes(kind));
  const total = { passed: 0, failed: 0, code: 0 };
  for (const kind of given.length > 0 ? given : KINDS) {
    if (interrupted.signal.aborted) break;
    try {
      const { passed, failed, code } = await run(kind, interrupted.signal);
      total.passed += passed;
      total.failed += failed;
      total.code ||= code;
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      // deno-lint-ignore no-console
      console.error(`Left out ${kind}: ${error.message}`);
      if (strict) total.code = 1;
    }
  }
  finish({ ...total, code: interrupted.signal.aborted ? 1 : total.code });
}

async function run(kind: StoreKind, signal: AbortSignal) {
  await using server = await startStoreServer(kind, { signal });
  return await runTests(["tests/external/store_journeys.ts"], {
    args: testPermissions(),
    env: { [KIND_VARIABLE]: kind, [URL_VARIABLE]: server.url },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
  });
}
