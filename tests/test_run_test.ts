import { assertEquals } from "@std/assert";
import { countTests } from "./test_run.ts";

Deno.test("countTests() reads the last summary of colored output", () => {
  const cases: [string, number, number][] = [
    ["\n\x1b[32mok\x1b[0m | 12 passed | 0 failed \x1b[2m(1s)\x1b[0m\n", 12, 0],
    ["FAILED | 2 passed (2 steps) | 3 failed | 1 ignored (199ms)", 2, 3],
    [
      "ok | 9 passed | 9 failed\nok | 1 passed (1 step) | 0 failed (1ms)",
      1,
      0,
    ],
    ["it said: ok | 1 passed | 0 failed", 0, 0],
    ["error: Type checking failed.", 0, 0],
  ];
  for (const [output, passed, failed] of cases) {
    assertEquals(countTests(output), { passed, failed });
  }
});
