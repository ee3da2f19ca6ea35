/**
 * `deno task test:foreign`: programs that others have written, against the
 * embedded API server: kubectl, operators on kube-rs and controller-runtime, and
 * programs on the clients of Go, Node and Python. Those that cannot be had on
 * this machine are left out, which is a failure with `--strict`; further
 * arguments are files that narrow the run.
 *
 * @module
 */
import { finish, runTests } from "../test_run.ts";

const JOURNEYS = ["kubectl", "operators", "libraries"]
  .map((name) => `tests/foreign/${name}_journey.ts`);
const STRICT = "--strict";
const TIMEOUT = 40 * 60 * 1_000; // builds included

if (import.meta.main) {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort());
  }
  const given = Deno.args.filter((argument) => argument !== STRICT);
  const strict: Record<string, string> = Deno.args.includes(STRICT)
    ? { KOPRS_FOREIGN_STRICT: "1" }
    : {};
  finish(
    await runTests(given.length > 0 ? given : JOURNEYS, {
      args: ["-A"], // Build tools may do anything.
      env: strict,
      signal: AbortSignal.any([
        interrupted.signal,
        AbortSignal.timeout(TIMEOUT),
      ]),
    }),
  );
}
