import { assertEquals } from "@std/assert";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { parseWarnings, WarningLog } from "./warning_log.ts";

Deno.test("WarningLog logs each text once", async () => {
  const records: LogRecord[] = [];
  await configure({
    sinks: { memory: (record) => records.push(record) },
    loggers: [
      { category: ["koprs"], sinks: ["memory"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], lowestLevel: "error" },
    ],
  });
  try {
    const log = new WarningLog();
    log.note(null);
    for (const text of ["a", "b", "a"]) log.note(`299 - "${text}"`);
    assertEquals(
      records.map(({ category, level, properties }) => [
        category,
        level,
        properties.text,
      ]),
      ["a", "b"].map((text) => [["koprs", "client"], "warning", text]),
    );
  } finally {
    await reset();
  }
});

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
