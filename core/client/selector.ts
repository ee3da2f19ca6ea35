/** Decides by the labels of an object. */
export type LabelPredicate = (
  labels: Readonly<Record<string, string>> | undefined,
) => boolean;

/** What labels must be: a value, one of several, or `null` for absent. */
export type LabelRequirements = Readonly<
  Record<string, string | readonly string[] | null>
>;

/**
 * Writes a label selector.
 *
 * @example Write one
 * ```ts
 * import { labelSelector } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   labelSelector({ app: "web", tier: ["a", "b"], old: null }),
 *   "app=web,tier in (a,b),!old",
 * );
 * ```
 *
 * @param labels What the labels must be.
 * @returns The selector; empty if every object will do.
 * @throws {TypeError} If a key or value is none a label can have, or a list
 *   of values is empty.
 */
export function labelSelector(labels: LabelRequirements): string {
  return Object.entries(labels).map(([key, value]) => {
    if (!isLabelKey(key)) throw invalid("key", key);
    if (value === null) return `!${key}`;
    if (typeof value === "string") return `${key}=${checked(value)}`;
    if (value.length === 0) {
      throw new TypeError(
        `Cannot select by label "${key}": the list of values is empty`,
      );
    }
    return `${key} in (${value.map(checked).join(",")})`;
  }).join(",");
}

/**
 * Reads a label selector, as the API server does.
 *
 * @example Select objects
 * ```ts
 * import { parseLabelSelector } from "./selector.ts";
 * import { assert } from "@std/assert";
 *
 * const selects = parseLabelSelector("app=web,tier notin (db)");
 * assert(selects({ app: "web" }));
 * assert(!selects({ app: "web", tier: "db" }));
 * ```
 *
 * @param text The selector; an empty one selects everything.
 * @returns Whether it selects an object with given labels.
 * @throws {SyntaxError} If the text is no selector.
 */
export function parseLabelSelector(text: string): LabelPredicate {
  const requirements = parseRequirements(text);
  return (labels = {}) =>
    requirements.every((requirement) => holds(requirement, labels));
}

/**
 * Reads a label selector that names a value for each label, which an index
 * can answer.
 *
 * @example Read two
 * ```ts
 * import { equalityLabels } from "./selector.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(equalityLabels("app=web,tier==a"), { app: "web", tier: "a" });
 * assertEquals(equalityLabels("app!=web"), undefined);
 * ```
 *
 * @param text The selector.
 * @returns The labels; `undefined` if the selector asks for anything else.
 * @throws {SyntaxError} If the text is no selector.
 */
export function equalityLabels(
  text: string,
): Record<string, string> | undefined {
  const labels = new Map<string, string>();
  for (const { key, operator, values } of parseRequirements(text)) {
    const [value] = values;
    if (operator !== "in" || values.length !== 1 || value === undefined) {
      return undefined;
    }
    if ((labels.get(key) ?? value) !== value) return undefined;
    labels.set(key, value);
  }
  return Object.fromEntries(labels);
}

/** One condition of a selector. */
interface Requirement {
  readonly key: string;
  readonly operator: "in" | "notin" | "exists" | "absent" | ">" | "<";
  readonly values: readonly string[];
}

/** One condition, up to the comma that is not in parentheses. */
const condition =
  /\s*(?:!\s*([^\s,=!<>()]+)|([^\s,=!<>()]+)(?:\s*(==?|!=|>|<)\s*([^\s,=!<>()]*)|\s+(in|notin)\s*\(([^()]*)\))?)\s*(?:,|$)/y;

/** What was read last: a program has few selectors, and uses them often. */
const known = new Map<string, readonly Requirement[]>();
const MOST_KNOWN = 100;

function parseRequirements(text: string): readonly Requirement[] {
  const last = known.get(text);
  if (last !== undefined) return last;
  const requirements = readRequirements(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, requirements);
  return requirements;
}

function readRequirements(text: string): readonly Requirement[] {
  const requirements: Requirement[] = [];
  if (text.trim() === "") return requirements;
  if (/,\s*$/.test(text)) throw unreadable(text);
  condition.lastIndex = 0;
  while (condition.lastIndex < text.length) {
    const match = condition.exec(text);
    if (match === null) throw unreadable(text);
    requirements.push(requirementOf(match, text));
  }
  return requirements;
}

function requirementOf(match: RegExpExecArray, text: string): Requirement {
  const [, absent, key = absent ?? "", sign, value = "", word, list = ""] =
    match;
  if (!isLabelKey(key)) throw unreadable(text);
  if (absent !== undefined) return { key, operator: "absent", values: [] };
  if (word === "in" || word === "notin") {
    const values = list.split(",").map((item) => item.trim());
    if (!values.every(isLabelValue)) throw unreadable(text);
    return { key, operator: word, values };
  }
  if (sign === undefined) return { key, operator: "exists", values: [] };
  if (sign === ">" || sign === "<") {
    if (!/^-?\d+$/.test(value)) throw unreadable(text);
    return { key, operator: sign, values: [value] };
  }
  if (!isLabelValue(value)) throw unreadable(text);
  return { key, operator: sign === "!=" ? "notin" : "in", values: [value] };
}

function holds(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "absent":
      return value === undefined;
    case "in":
      return value !== undefined && values.includes(value);
    case "notin":
      return value === undefined || !values.includes(value);
    default: {
      const [limit = ""] = values;
      if (value === undefined || !/^-?\d+$/.test(value)) return false;
      return operator === ">"
        ? BigInt(value) > BigInt(limit)
        : BigInt(value) < BigInt(limit);
    }
  }
}

/** `IsQualifiedName` of apimachinery. */
function isLabelKey(key: string): boolean {
  const slash = key.indexOf("/");
  const prefix = key.slice(0, Math.max(slash, 0));
  return isName(key.slice(slash + 1)) &&
    (slash < 0 ||
      prefix.length <= 253 &&
        /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
          .test(prefix));
}

/** `IsValidLabelValue` of apimachinery. */
function isLabelValue(value: string): boolean {
  return value === "" || isName(value);
}

function isName(text: string): boolean {
  return text.length <= 63 &&
    /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text);
}

function checked(value: string): string {
  if (isLabelValue(value)) return value;
  throw invalid("value", value);
}

function invalid(what: string, text: string): TypeError {
  return new TypeError(
    `Cannot select by label ${what} ${JSON.stringify(text)}: ` +
      `no label can have it`,
  );
}

function unreadable(text: string): SyntaxError {
  return new SyntaxError(
    `Cannot read label selector ${JSON.stringify(text)}`,
  );
}
