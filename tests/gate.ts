/**
 * `deno task ok`: everything but the tests that must hold before a change goes
 * in. Works without JSR.
 *
 * @module
 */
import { type CommandResult, runDeno } from "./offline/deno_command.ts";
import { entryPoints } from "./offline/entry_points.ts";
import { stage, STAGED } from "./offline/stage.ts";
import { withLocalJsr } from "./offline/with_local_jsr.ts";

const STEPS: Readonly<Record<string, () => Promise<CommandResult>>> = {
  "format": () => runDeno(["fmt", "--check"]),
  "lint": () => runDeno(["lint"]),
  "documentation": async () =>
    await runDeno(["doc", "--lint", ...await ownEntryPoints()]),
  "types": () => runDeno(["check", "."]),
  "manifests": () =>
    runDeno([
      "run",
      "--no-prompt",
      "--allow-read",
      "examples/manifests.ts",
      "--check",
    ]),
  "publishing": async () => {
    await stage();
    return await withLocalJsr(
      ["tests/offline"],
      (env) =>
        runDeno(["publish", "--dry-run", "--allow-dirty"], {
          cwd: STAGED,
          env,
        }),
    );
  },
};

if (import.meta.main) {
  for (const [name, run] of Object.entries(STEPS)) {
    const start = performance.now();
    const { success, output } = await run();
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    print(`${success ? "ok" : "FAILED"} | ${name} (${seconds}s)\n`);
    if (!success) {
      print(output);
      Deno.exit(1);
    }
  }
}

/**
 * Types of linked packages count as private to the lint of documentation, so
 * the built-in kinds are linted by `check:real` only.
 */
async function ownEntryPoints(): Promise<string[]> {
  return (await entryPoints()).filter((path) => !path.includes("/builtin/"));
}

function print(text: string): void {
  // deno-lint-ignore no-console
  console.log(text.trimEnd());
}
