/**
 * `deno task ci`: every check, one after another, with the time of each. Goes on
 * after a failure and exits with 1 if there was one; an unknown flag exits
 * with 2.
 *
 * @module
 */
import { EXAMPLES } from "../../examples/catalog.ts";
import { CI_USAGE, ciOptions } from "./ci_options.ts";
import { ciSteps, type CiWorld } from "./ci_steps.ts";
import { commandLine } from "./command_line.ts";
import { runSteps } from "./run_steps.ts";
import { stepSummary } from "./step_summary.ts";

const ROOT = new URL("../../", import.meta.url);

if (import.meta.main) {
  const options = commandLine(ciOptions, CI_USAGE);
  print(`Deno ${Deno.version.deno} on ${Deno.build.target}`);
  const finished = await runSteps(ciSteps(options, await world()), {
    started: (name) => print(`\n== ${name}`),
    now: () => performance.now(),
  });
  const { text, code } = stepSummary(finished);
  print(`\n${text}`);
  Deno.exit(code);
}

async function world(): Promise<CiWorld> {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  return { tasks: Object.keys(tasks), examples: Object.keys(EXAMPLES) };
}

function print(text: string): void {
  // deno-lint-ignore no-console
  console.log(text);
}
