import { assertEquals } from "@std/assert";
import { taskTests } from "./run_task.ts";

Deno.test("taskTests() sums lines of their own", () => {
  const output =
    "x ok\n12 passed, 1 failed\n5 passed, 0 failed in all\n\x1b[32m3 passed, 0 failed\x1b[0m\n";
  assertEquals(taskTests(output), { passed: 15, failed: 1 });
});

Deno.test("taskTests() is undefined when nothing was counted", () => {
  assertEquals(taskTests("all fine\n"), undefined);
});
