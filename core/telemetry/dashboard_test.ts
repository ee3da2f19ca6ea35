import { assertEquals } from "@std/assert";
import dashboard from "./dashboard.json" with { type: "json" };
import { makeKoprsMetrics } from "./koprs_metrics.ts";

/** The names of metrics in an expression, without labels and suffixes. */
function metricsIn(expression: string): string[] {
  const names = expression.replaceAll(/\{[^}]*\}|\([a-z_, ]*\) /g, "")
    .match(/\b[a-z]+(?:_[a-z]+){1,}\b/g) ?? [];
  return names.map((name) => name.replace(/_(?:bucket|sum|count)$/, ""));
}

const FUNCTIONS = new Set(["histogram_quantile", "label_values"]);

Deno.test("the dashboard shows every metric, and none that does not exist", () => {
  const queries = [
    ...dashboard.panels.flatMap(({ targets }) =>
      targets.map(({ expr }) => expr)
    ),
    ...dashboard.templating.list.map(({ query }) =>
      typeof query === "string" ? "" : query.query
    ),
  ];
  const shown = new Set(
    queries.flatMap(metricsIn).filter((name) => !FUNCTIONS.has(name)),
  );
  const { families } = makeKoprsMetrics();
  const existing = families.map(({ name }) => name);
  assertEquals([...shown].sort(), existing.sort());
});

Deno.test("the dashboard has panels that do not overlap", () => {
  const places = dashboard.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
  assertEquals(new Set(places).size, dashboard.panels.length);
  assertEquals(
    new Set(dashboard.panels.map(({ id }) => id)).size,
    dashboard.panels.length,
  );
});
