import type { GroupVersionResource } from "./admission_attributes.ts";

/** What a webhook is asked about. */
export interface MatchRule {
  /** As `CREATE`; `*` for all. */
  readonly operations?: readonly string[];
  /** Groups; `*` for all. */
  readonly apiGroups?: readonly string[];
  /** Versions; `*` for all. */
  readonly apiVersions?: readonly string[];
  /** As `pods`, `pods/status`, `*`, `pods/*` or `*\/scale`. */
  readonly resources?: readonly string[];
  /** Names of objects, of policies only; none for all. */
  readonly resourceNames?: readonly string[];
  /** `Cluster`, `Namespaced` or `*`. */
  readonly scope?: string;
}

/** What a rule looks at. */
export interface Matched {
  /** As `CREATE`. */
  readonly operation: string;
  /** The resource. */
  readonly resource: GroupVersionResource;
  /** Subresource; empty without. */
  readonly subresource: string;
  /** Namespace; of a namespace its own name; empty without. */
  readonly namespace: string;
}

/**
 * Tells whether a rule covers a request, as the package `rules` of the webhook
 * plugins does.
 *
 * @param rule The rule.
 * @param of The request.
 * @returns Whether it does.
 */
export function matchesRule(rule: MatchRule, of: Matched): boolean {
  const { group, version } = of.resource;
  return inScope(rule.scope, of) && includes(rule.operations, of.operation) &&
    includes(rule.apiGroups, group) && includes(rule.apiVersions, version) &&
    (rule.resources ?? []).some((name) => namesResource(name, of));
}

function includes(items: readonly string[] = [], wanted: string): boolean {
  return items.some((item) => item === "*" || item === wanted);
}

function inScope(scope: string | undefined, of: Matched): boolean {
  if (scope === undefined || scope === "*") return true;
  const { group, version, resource } = of.resource;
  const isNamespace = group === "" && version === "v1" &&
    resource === "namespaces";
  const isNamespaced = !isNamespace && of.namespace !== "";
  return isNamespaced === (scope === "Namespaced");
}

function namesResource(name: string, of: Matched): boolean {
  const slash = name.indexOf("/");
  const resource = slash < 0 ? name : name.slice(0, slash);
  const subresource = slash < 0 ? "" : name.slice(slash + 1);
  return (resource === "*" || resource === of.resource.resource) &&
    (subresource === "*" || subresource === of.subresource);
}
