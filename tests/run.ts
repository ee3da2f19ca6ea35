/**
 * `deno task test`: unit tests, documentation examples and journeys on the
 * embedded server. Paths given as arguments narrow the run, flags go to Deno.
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
  const flags = Deno.args.filter((argument) => argument.startsWith("-"));
  const given = Deno.args.filter((argument) => !argument.startsWith("-"));
  const present: string[] = [];
  for (const path of given.length > 0 ? given : SOURCES) {
    if (await exists(path)) present.push(path);
  }
  finish(
    await runTests(present, {
      args: [
        "--doc",
        "--parallel",
        "--ignore=**/*.md,tests/offline",
        ...testPermissions(),
        ...flags,
      ],
    }),
  );
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
