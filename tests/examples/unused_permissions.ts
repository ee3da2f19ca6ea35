import type { ResourceQuestion } from "../fake/access/access_question.ts";
import type { JournalEntry } from "@koprs/koprs/testing";
import { type PolicyRule, ruleAllows } from "../fake/access/policy_rule.ts";
import type { ManifestObject } from "./example_files.ts";

/** Status codes of requests that were let through, and not made to fail. */
const ANSWERED: ReadonlySet<number> = new Set([200, 201, 404]);

/**
 * Finds what roles allow though no request has needed it.
 *
 * @param roles Roles and ClusterRoles; other objects are passed over.
 * @param requests The requests of whoever has them.
 * @returns Permissions, as `patch configmaps`.
 */
export function unusedPermissions(
  roles: readonly ManifestObject[],
  requests: readonly JournalEntry[],
): string[] {
  const used = requests.filter(({ status }) => ANSWERED.has(status))
    .flatMap(questionsOf);
  return roles.flatMap(({ rules = [], metadata: { namespace } }) =>
    rules.flatMap(singleRules).filter((rule) =>
      !used.some((question) =>
        ruleAllows(rule, question) &&
        (namespace === undefined || namespace === question.namespace)
      )
    ).map(({ verbs, resources }) => `${verbs} ${resources}`)
  );
}

/** A rule for each verb and resource. */
function singleRules(rule: PolicyRule): PolicyRule[] {
  const { verbs, resources } = rule;
  return (resources ?? []).flatMap((resource) =>
    (verbs ?? []).map((verb) => ({
      ...rule,
      resources: [resource],
      verbs: [verb],
    }))
  );
}

/** A server-side apply is a patch, and a create if the object is new. */
function questionsOf(request: JournalEntry): ResourceQuestion[] {
  const { group, resource, subresource, namespace, name, status } = request;
  const verbs = request.verb !== "apply"
    ? [request.verb]
    : status === 201
    ? ["patch", "create"]
    : ["patch"];
  return verbs.map((verb) => (
    { verb, group, resource, subresource, namespace, name }
  ));
}
