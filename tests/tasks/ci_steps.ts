import { auditStep } from "./audit_step.ts";
import type { CiOptions } from "./ci_options.ts";
import { compileStep } from "./compile_step.ts";
import { coverageStep } from "./coverage_step.ts";
import { documentationStep } from "./documentation_step.ts";
import { licenceStep } from "./licence_step.ts";
import { runTask } from "./run_task.ts";
import type { Step } from "./step.ts";

/** What `deno task ci` can run and look up. */
export interface CiWorld {
  /** The names of the tasks of `deno.json`. */
  readonly tasks: readonly string[];
  /** The names of the examples. */
  readonly examples: readonly string[];
}

/**
 * The steps of `deno task ci`, in their order: what fails soonest comes first.
 *
 * @param options What is asked for.
 * @param world What there is.
 * @returns All steps; those not asked for are skipped, and say by which flag.
 */
export function ciSteps(
  options: CiOptions,
  { tasks, examples }: CiWorld,
): Step[] {
  return [
    task("ok"),
    {
      name: "test",
      run: () =>
        options.coverage
          ? coverageStep(options.coverageFailUnder)
          : runTask("test"),
    },
    task("demo"),
    ...examples.map((name) => task("example", [name])),
    ...examples.slice(0, 1).map((name) => ({
      name: `compile ${name}`,
      run: () => compileStep(name),
    })),
    unless(options.doc, "--no-doc", [
      { name: "documentation", run: documentationStep },
    ]),
    unless(options.integration, "--no-integration", [
      task("test:envtest"),
      task("conformance", ["--real", "--sequences=200"]),
      task("test:external", ["--strict"]),
      task("test:foreign"),
    ]),
    unless(options.audit, "--no-audit", [
      { name: "audit", run: auditStep },
      { name: "licences", run: licenceStep },
    ]),
    unless(
      options.bench,
      "without --bench",
      tasks.filter((name) => name.startsWith("bench:")).map((name) =>
        task(name)
      ),
    ),
  ].flat();
}

function task(name: string, args: readonly string[] = []): Step {
  return {
    name: [name, ...args].join(" "),
    run: () => runTask(name, args),
  };
}

function unless(
  wanted: boolean,
  skippedBy: string,
  steps: readonly Step[],
): Step[] {
  return steps.map((step) => wanted ? step : { ...step, skippedBy });
}
