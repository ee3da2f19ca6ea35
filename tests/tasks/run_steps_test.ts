import { assertEquals } from "@std/assert";
import { runSteps } from "./run_steps.ts";
import { stepSummary } from "./step_summary.ts";
import type { Step } from "./step.ts";

function clock(): () => number {
  let now = 0;
  return () => now += 500;
}

const STEPS: readonly Step[] = [
  {
    name: "test",
    run: () =>
      Promise.resolve({ outcome: "ok", tests: { passed: 3, failed: 0 } }),
  },
  {
    name: "lint",
    run: () => Promise.reject(new Error("Cannot lint: no file")),
  },
  {
    name: "audit",
    run: () => Promise.resolve({ outcome: "warning", note: "unreachable" }),
  },
  {
    name: "bench",
    skippedBy: "without --bench",
    run: () => Promise.reject(new Error("must not run")),
  },
];

Deno.test("runSteps() goes on after a failure and leaves out what is skipped", async () => {
  const started: string[] = [];
  const finished = await runSteps(STEPS, {
    started: (name) => started.push(name),
    now: clock(),
  });
  assertEquals(started, ["test", "lint", "audit"]);
  assertEquals(
    finished.map(({ name, outcome, duration }) => [name, outcome, duration]),
    [
      ["test", "ok", 500],
      ["lint", "failed", 500],
      ["audit", "warning", 500],
      ["bench", "skipped", 0],
    ],
  );
});

Deno.test("stepSummary() names what failed and sums tests", async () => {
  const finished = await runSteps(STEPS, { started: () => {}, now: clock() });
  const { text, code } = stepSummary(finished);
  assertEquals(code, 1);
  assertEquals(text.split("\n"), [
    "ok       test       0.5s",
    "FAILED   lint       0.5s  Cannot lint: no file",
    "warning  audit      0.5s  unreachable",
    "skipped  bench      0.0s  without --bench",
    "",
    "Failed: lint",
    "3 passed, 0 failed",
  ]);
});

Deno.test("stepSummary() succeeds with warnings", async () => {
  const finished = await runSteps(
    STEPS.filter(({ name }) => name !== "lint"),
    { started: () => {}, now: clock() },
  );
  const { text, code } = stepSummary(finished);
  assertEquals(code, 0);
  assertEquals(text.includes("All steps passed"), true);
});
