import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { fulfils } from "./label_requirement.ts";

const OPERATORS = {
  In: "in",
  NotIn: "notin",
  Exists: "exists",
  DoesNotExist: "!",
} as const;

/**
 * Tells whether a LabelSelector, as objects hold it, chooses labels.
 *
 * @param selector Its `matchLabels` and `matchExpressions`; empty for all.
 * @param labels The labels.
 * @returns Whether it does.
 */
export function selectsLabels(
  { matchLabels, matchExpressions }: JsonObject,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(isObject(matchLabels) ? matchLabels : {});
  const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
  return wanted.every(([key, value]) => labels[key] === value) &&
    expressions.every((expression) =>
      isObject(expression) && holds(expression, labels)
    );
}

function holds(
  { key, operator, values }: JsonObject,
  labels: Readonly<Record<string, string>>,
): boolean {
  const known = Object.entries(OPERATORS).find(([name]) => name === operator);
  return known !== undefined && fulfils({
    key: String(key),
    operator: known[1],
    values: Array.isArray(values) ? values.map(String) : [],
  }, labels);
}
