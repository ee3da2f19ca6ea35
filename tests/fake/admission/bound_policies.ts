import { celLimit } from "../cel/cel_limits.ts";
import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ServerState } from "../server_state.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { AdmissionAttributes } from "./admission_attributes.ts";
import { matchesRule, type MatchRule } from "./match_rule.ts";
import { type MatchSpec, matchWebhook } from "./match_webhook.ts";

const GROUP = "admissionregistration.k8s.io";
const POLICIES = `${GROUP}/validatingadmissionpolicies`;
const BINDINGS = `${GROUP}/validatingadmissionpolicybindings`;

/** Whether a policy may judge anything: it takes a binding to do so. */
export function hasPolicies(store: ObjectStore): boolean {
  return store.collection(BINDINGS).size > 0;
}

/**
 * Says which ValidatingAdmissionPolicies would have judged a request.
 *
 * @param state The server.
 * @param attributes The request.
 * @returns A text for each policy that is bound and covers it.
 */
export function boundPolicies(
  state: Pick<ServerState, "store" | "resources">,
  attributes: AdmissionAttributes,
): readonly string[] {
  const names = new Set(
    [...state.store.collection(BINDINGS).values()].filter(({ object }) => {
      const { matchResources } = specOf(object);
      return matchResources === undefined ||
        covers(state, matchResources, attributes);
    }).map(({ object }) => String(specOf(object).policyName)),
  );
  return [...names].filter((name) => {
    const policy = state.store.collection(POLICIES).get(name)?.object;
    return policy !== undefined &&
      covers(state, specOf(policy).matchConstraints, attributes);
  }).map((name) =>
    celLimit(`ValidatingAdmissionPolicy ${name} does not judge this request`)
  );
}

function covers(
  state: Pick<ServerState, "store" | "resources">,
  match: unknown,
  attributes: AdmissionAttributes,
): boolean {
  if (!isObject(match)) return false;
  // The schemas of policies and bindings say so; defaults are filled in.
  const { resourceRules, excludeResourceRules = [], ...selectors } =
    match as unknown as MatchSpec & {
      readonly resourceRules?: readonly MatchRule[];
      readonly excludeResourceRules?: readonly MatchRule[];
    };
  const isNamed = (rule: MatchRule) =>
    rule.resourceNames === undefined ||
    rule.resourceNames.includes(attributes.name);
  if (
    excludeResourceRules.some((rule) =>
      isNamed(rule) && matchesRule(rule, attributes)
    )
  ) return false;
  const rules = resourceRules?.filter(isNamed) ?? [EVERYTHING];
  return matchWebhook(state, { ...selectors, rules }, attributes) !== undefined;
}

const EVERYTHING: MatchRule = {
  operations: ["*"],
  apiGroups: ["*"],
  apiVersions: ["*"],
  resources: ["*", "*/*"],
};

function specOf({ spec }: JsonObject): JsonObject {
  return isObject(spec) ? spec : {};
}
