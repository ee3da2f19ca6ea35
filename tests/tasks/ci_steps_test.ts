import { assert, assertEquals } from "@std/assert";
import { ciOptions } from "./ci_options.ts";
import { ciSteps } from "./ci_steps.ts";

const WORLD = {
  tasks: ["ok", "test", "bench:converge", "bench:webhook"],
  examples: ["greeting"],
};

/** Names of the steps that a command line leaves out. */
function skipped(...args: string[]): string[] {
  const options = ciOptions(args);
  assert(options);
  return ciSteps(options, WORLD)
    .filter(({ skippedBy }) => skippedBy !== undefined)
    .map(({ name }) => name);
}

Deno.test("ciSteps() runs all but the benchmarks by default", () => {
  assertEquals(skipped(), ["bench:converge", "bench:webhook"]);
});

Deno.test("ciSteps() leaves out what each flag names", () => {
  assertEquals(skipped("--bench"), []);
  assertEquals(skipped("--bench", "--no-doc"), ["documentation"]);
  assertEquals(skipped("--bench", "--no-audit"), ["audit", "licences"]);
  assertEquals(skipped("--bench", "--no-integration"), [
    "test:envtest",
    "conformance --real --sequences=200",
    "test:external --strict",
    "test:foreign",
  ]);
});

Deno.test("ciSteps() keeps the gate, the tests and the examples with --fast", () => {
  const options = ciOptions(["--fast"]);
  assert(options);
  const kept = ciSteps(options, WORLD)
    .filter(({ skippedBy }) => skippedBy === undefined);
  assertEquals(kept.map(({ name }) => name), [
    "ok",
    "test",
    "demo",
    "example greeting",
    "compile greeting",
  ]);
});
