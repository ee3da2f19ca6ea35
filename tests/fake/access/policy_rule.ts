import type {
  AccessQuestion,
  PathQuestion,
  ResourceQuestion,
} from "./access_question.ts";

/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  /** Verbs; `*` is all. */
  readonly verbs?: readonly string[] | null;
  /** API groups; `*` is all. */
  readonly apiGroups?: readonly string[] | null;
  /** Resources, as `pods` or `pods/status`; `*` is all. */
  readonly resources?: readonly string[] | null;
  /** Names of objects; all if empty. */
  readonly resourceNames?: readonly string[] | null;
  /** Paths that name no resource; may end with `*`. */
  readonly nonResourceURLs?: readonly string[] | null;
}

/**
 * Tells whether a rule allows something, as `RuleAllows` of the RBAC
 * authorizer.
 *
 * @param rule The rule.
 * @param question What is asked.
 * @returns Whether it does.
 */
export function ruleAllows(
  rule: PolicyRule,
  question: AccessQuestion,
): boolean {
  if (!has(rule.verbs, question.verb)) return false;
  return "path" in question
    ? pathAllowed(rule, question)
    : resourceAllowed(rule, question);
}

function pathAllowed(
  { nonResourceURLs }: PolicyRule,
  { path }: PathQuestion,
): boolean {
  return (nonResourceURLs ?? []).some((url) =>
    url === "*" || url === path ||
    url.endsWith("*") && path.startsWith(url.slice(0, -1))
  );
}

function resourceAllowed(
  { apiGroups, resources, resourceNames }: PolicyRule,
  { group, resource, subresource, name }: ResourceQuestion,
): boolean {
  if (!has(apiGroups, group)) return false;
  const full = subresource === "" ? resource : `${resource}/${subresource}`;
  const named = has(resources, full) ||
    subresource !== "" && (resources ?? []).includes(`*/${subresource}`);
  const names = resourceNames ?? [];
  return named && (names.length === 0 || names.includes(name));
}

function has(list: readonly string[] | null | undefined, one: string): boolean {
  return list?.includes("*") || list?.includes(one) || false;
}
