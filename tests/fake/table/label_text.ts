import { isObject } from "../merge/json_value.ts";
import { compareText } from "../merge/json_value.ts";
import { textsAt } from "./read_cell.ts";

/**
 * Writes labels, as `FormatLabels` of apimachinery.
 *
 * @param labels The labels.
 * @returns As `a=b,c=d`; `<none>` without.
 */
export function labelsText(labels: unknown): string {
  const pairs = isObject(labels)
    ? Object.entries(labels).sort(([a], [b]) => compareText(a, b))
      .map(([key, value]) => `${key}=${value}`)
    : [];
  return pairs.join(",") || "<none>";
}

/**
 * Writes the label selector of an object, as `LabelSelectorAsSelector` of
 * apimachinery does.
 *
 * @param selector The selector.
 * @returns As in a query; empty for everything or nothing.
 */
export function selectorText(selector: unknown): string {
  if (!isObject(selector)) return "";
  const labels = isObject(selector.matchLabels) ? selector.matchLabels : {};
  const expressions = Array.isArray(selector.matchExpressions)
    ? selector.matchExpressions.filter(isObject)
    : [];
  const requirements = [
    ...Object.entries(labels).map(([key, value]) => ({
      key,
      text: `${key}=${value}`,
    })),
    ...expressions.map((expression) => ({
      key: String(expression.key),
      text: expressionText(expression),
    })),
  ];
  return requirements.sort((a, b) => compareText(a.key, b.key))
    .map(({ text }) => text).join(",");
}

function expressionText(expression: Readonly<Record<string, unknown>>): string {
  const { key, operator } = expression;
  const values = textsAt(expression, "values").sort(compareText).join(",");
  switch (operator) {
    case "In":
      return `${key} in (${values})`;
    case "NotIn":
      return `${key} notin (${values})`;
    case "DoesNotExist":
      return `!${key}`;
  }
  return String(key);
}
