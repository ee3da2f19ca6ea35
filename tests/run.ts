/**
 * `deno task test`: unit tests, documentation examples and journeys on the
 * embedded server. Paths given as arguments narrow the run.
 *
 * @module
 */
import { finish, runTests, testPermissions } from "./test_run.ts";

const SOURCES = [
  "mod.ts",
  "core",
  "external",
  "admission",
  "cli",
  "examples",
  "tests",
];

if (import.meta.main) {
  const present: string[] = [];
  for (const path of Deno.args.length > 0 ? Deno.args : SOURCES) {
    if (path.startsWith("-") || await exists(path)) present.push(path);
  }
  finish(
    await runTests(present, {
      args: [
        "--doc",
        "--parallel",
        "--ignore=**/*.md,tests/offline",
        ...testPermissions(),
      ],
    }),
  );
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
