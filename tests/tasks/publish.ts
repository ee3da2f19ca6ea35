/**
 * `deno task publish`: checks version, changelog and work tree, runs the checks
 * of `deno task ci --fast`, stages what is published and publishes it to JSR.
 *
 * @module
 */
import { runDeno } from "../offline/deno_command.ts";
import { stage, STAGED } from "../offline/stage.ts";
import { withLocalJsr } from "../offline/with_local_jsr.ts";
import { commandLine } from "./command_line.ts";
import { documentationStep } from "./documentation_step.ts";
import { PUBLISH_USAGE, publishOptions } from "./publish_options.ts";
import { publishedVersions } from "./published_versions.ts";
import { type Release, releaseCheck } from "./release_check.ts";
import { runTask } from "./run_task.ts";

const ROOT = new URL("../../", import.meta.url);

if (import.meta.main) {
  const { dryRun, skipCi, yes } = commandLine(publishOptions, PUBLISH_USAGE);
  const release = await readRelease();
  const { problems, warnings } = releaseCheck(release);
  for (const warning of warnings) print(`warning: ${warning}`);
  for (const problem of problems) print(`error: ${problem}`);
  if (problems.length > 0) fail(`Cannot publish ${release.version}`);
  if (!skipCi && (await runTask("ci", ["--fast"])).outcome === "failed") {
    fail(`Cannot publish ${release.version}: a check has failed`);
  }
  const documentation = await documentationStep();
  if (documentation.outcome === "failed") {
    fail(`Cannot publish: the documentation: ${documentation.note}`);
  }
  await stage();
  print(await rehearse());
  if (dryRun) {
    print(`Dry run: ${release.version} could be published`);
    Deno.exit(0);
  }
  if (!yes && !confirm(`Publish ${release.version}?`)) {
    fail("Nothing published");
  }
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--allow-dirty"],
    cwd: STAGED,
  }).spawn().status;
  Deno.exit(code);
}

async function readRelease(): Promise<Release> {
  const configuration = await Deno.readTextFile(new URL("deno.json", ROOT));
  const { name, version } = JSON.parse(configuration);
  const registry = Deno.env.get("JSR_URL") ?? "https://jsr.io";
  return {
    version,
    changelog: await Deno.readTextFile(new URL("CHANGELOG.md", ROOT)),
    changes: await git("status", "--porcelain"),
    tags: (await git("tag", "--points-at", "HEAD")).split("\n"),
    published: await publishedVersions(name, registry),
  };
}

/** What publishing would send, checked against stand-ins of the packages. */
async function rehearse(): Promise<string> {
  const { success, output } = await withLocalJsr(
    ["tests/offline"],
    (env) =>
      runDeno(["publish", "--dry-run", "--allow-dirty"], { cwd: STAGED, env }),
  );
  if (!success) fail(output);
  return output.trim();
}

async function git(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args,
    cwd: ROOT,
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(success ? stdout : stderr).trimEnd();
  if (!success) fail(`Cannot ask git: ${text}`);
  return text;
}

function fail(message: string): never {
  print(message);
  Deno.exit(1);
}

function print(text: string): void {
  // deno-lint-ignore no-console
  console.log(text);
}
