import { assertEquals } from "@std/assert";
import { selectsLabels } from "./object_selector.ts";

const LABELS = { app: "web", tier: "front" };

Deno.test("selectsLabels() wants all labels and all expressions", () => {
  const expression = (key: string, operator: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator, values }],
  });
  const selectors = [
    {},
    { matchLabels: { app: "web" } },
    { matchLabels: { app: "web", tier: "back" } },
    expression("app", "In", "web", "api"),
    expression("app", "NotIn", "web"),
    expression("other", "NotIn", "web"),
    expression("app", "Exists"),
    expression("app", "DoesNotExist"),
    { matchLabels: { app: "web" }, ...expression("tier", "In", "back") },
    expression("app", "Odd"),
  ];
  assertEquals(selectors.map((selector) => selectsLabels(selector, LABELS)), [
    true,
    true,
    false,
    true,
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});
