/** One condition on labels or fields. */
export interface Requirement {
  /** Name of the label or field. */
  readonly key: string;
  /** What must hold. */
  readonly operator: "=" | "!=" | "in" | "notin" | "exists" | "!" | ">" | "<";
  /** Values to compare with; none for `exists` and `!`. */
  readonly values: readonly string[];
}

/**
 * Tells whether labels fulfil a condition.
 *
 * @param requirement The condition.
 * @param labels The labels.
 * @returns Whether they do.
 */
export function fulfils(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "=":
    case "in":
      return value !== undefined && values.includes(value);
    case "!=":
    case "notin":
      return value === undefined || !values.includes(value);
    case ">":
      return value !== undefined && Number(value) > Number(values[0]);
    case "<":
      return value !== undefined && Number(value) < Number(values[0]);
  }
}
