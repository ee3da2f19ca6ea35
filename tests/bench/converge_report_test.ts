import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkBudgets } from "./budgets.ts";
import {
  figuresOf,
  figureTable,
  type Outcome,
  requestTable,
} from "./converge_report.ts";
import { FIGURE_ROWS, type Figures, type Measurement } from "./figures.ts";

const ZERO = Object.fromEntries(
  FIGURE_ROWS.map(({ key }) => [key, 0]),
) as unknown as Figures; // the rows name every figure

function outcome(
  name: string,
  ...rounds: readonly Partial<Figures>[]
): Outcome {
  const measurements = rounds.map((figures): Measurement => ({
    figures: { ...ZERO, ...figures },
    requests: { converge: { "LIST events": 1, "PATCH configmaps": 7 } },
  }));
  return { name, measurements, failures: [] };
}

const FAILED: Outcome = { name: "go", measurements: [], failures: ["why"] };

Deno.test("figuresOf() takes the median of each figure", () => {
  const three = outcome(
    "ours",
    { allReady: 9, stop: 1 },
    { allReady: 1, stop: 2 },
    { allReady: 2, stop: 3 },
  );
  assertEquals(figuresOf(three), { ...ZERO, allReady: 2, stop: 2 });
});

Deno.test("figureTable() shows ratios to the first, and failures", () => {
  const ours = outcome("ours", { allReady: 200, requests: 4 });
  const rust = outcome("rust", { allReady: 500, requests: 9 });
  const table = figureTable([ours, rust, FAILED]).replaceAll(/ +/g, " ");
  assertStringIncludes(
    table,
    "| all Ready (ms) | 200 | 500 (2.50×) | failed |",
  );
  assertStringIncludes(table, "| requests per object | 4.00 | 9.00 (2.25×) |");
  assertStringIncludes(table, "| stop (ms) | 0 | 0 | failed |");
});

Deno.test("figureTable() shows the peers if ours failed", () => {
  const table = figureTable([FAILED, outcome("go", { allReady: 5 })]);
  assertStringIncludes(table.replaceAll(/ +/g, " "), "| failed | 5 |");
});

Deno.test("requestTable() shows lists and watches last", () => {
  assertEquals(
    requestTable([outcome("ours", {}), FAILED]).split("\n").slice(2),
    [
      "| converge: PATCH configmaps |    7 |     |",
      "| converge: LIST events      |    1 |     |",
    ],
  );
});

Deno.test("checkBudgets() judges requests by the worst round, time by the median", () => {
  const ours = outcome(
    "ours",
    { requests: 4, allReady: 100, repair: 900 },
    { requests: 4.2, allReady: 110, repair: 999 },
    { requests: 4, allReady: 190, repair: 2_000 },
  );
  const go = outcome("go", { allReady: 110 });
  const budgets = checkBudgets(ours, [go]);
  assertEquals(
    budgets.map(({ isMet, isStrict }) => [isMet, isStrict]),
    [[false, true], [true, true], [true, true], [true, false], [true, false]],
  );
  assertStringIncludes(budgets[0]?.text ?? "", "4.20");
});

Deno.test("checkBudgets() compares with no peer that failed", () => {
  const budgets = checkBudgets(outcome("ours", { requests: 4 }), [FAILED]);
  assertEquals(budgets.length, 4);
  assert(budgets.every(({ isMet }) => isMet));
  assertEquals(checkBudgets(FAILED, []), []);
});

Deno.test("checkBudgets() finds an operator that lists for each object", () => {
  const { name, failures, measurements } = outcome("ours", {});
  const lists = measurements.map((each) => ({
    ...each,
    requests: { repair: { "LIST configmaps": 11 } },
  }));
  const budgets = checkBudgets({ name, failures, measurements: lists }, []);
  assertEquals(
    budgets.filter(({ isMet }) => !isMet).map(({ text }) => text),
    ["at most 10 lists in any phase, however many objects: 11"],
  );
});
