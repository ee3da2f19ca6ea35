import { assertEquals } from "@std/assert";
import { parseWarnings } from "./warning_log.ts";

Deno.test("parseWarnings() reads quoted texts", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['299 - "unknown field \\"spec.x\\""', ['unknown field "spec.x"']],
    ['299 - "a, b", 299 - "c"', ["a, b", "c"]],
    ['299 - "red \u001b[31m"', ["red  [31m"]],
    ['110 - "stale"', []],
    ["garbage", []],
    [`299 - "${"x".repeat(1_000)}"`, ["x".repeat(512)]],
  ];
  for (const [header, texts] of cases) {
    assertEquals(parseWarnings(header), texts);
  }
});

Deno.test("parseWarnings() takes linear time", () => {
  const start = performance.now();
  parseWarnings('299 - "\\'.repeat(50_000));
  parseWarnings("299 ".repeat(50_000));
  assertEquals(performance.now() - start < 1_000, true);
});
