import { isObject } from "../merge/json_value.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { AccessQuestion } from "./access_question.ts";
import { type PolicyRule, ruleAllows } from "./policy_rule.ts";
import { serviceAccountOf, type User } from "./user.ts";

/** Whether something is allowed, and by what. */
export interface AccessDecision {
  /** Whether it is. */
  readonly allowed: boolean;
  /** Which binding allows it; empty without. */
  readonly reason: string;
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

interface RoleRef {
  readonly kind: string;
  readonly name: string;
}

const RBAC = "rbac.authorization.k8s.io";

/**
 * Decides by Roles, ClusterRoles and their bindings, as the RBAC authorizer of
 * Kubernetes.
 *
 * @param store Holds them.
 * @param user Who asks.
 * @param question What is asked.
 * @returns The decision.
 */
export function rbacDecision(
  store: ObjectStore,
  user: User,
  question: AccessQuestion,
): AccessDecision {
  // Masters are let through before RBAC is asked, and no reason is given.
  if (user.groups.includes("system:masters")) {
    return { allowed: true, reason: "" };
  }
  const bindings = [...bindingsFor(store, question)];
  for (const binding of bindings) {
    const subject = subjectsOf(binding).find((one) =>
      isMeant(one, user, metadataOf(binding).namespace)
    );
    if (subject === undefined) continue;
    const role = roleOf(store, binding);
    const isAllowed = role.some((rule) => ruleAllows(rule, question));
    if (isAllowed) return { allowed: true, reason: because(binding, subject) };
  }
  return { allowed: false, reason: "" };
}

/**
 * Collects what a user may do in a namespace.
 *
 * @param store Holds Roles, ClusterRoles and their bindings.
 * @param user Who.
 * @param namespace Where.
 * @returns The rules of all roles that the user is bound to.
 */
export function rbacRules(
  store: ObjectStore,
  user: User,
  namespace: string,
): readonly PolicyRule[] {
  return [...bindingsFor(store, { namespace })].filter((binding) =>
    subjectsOf(binding).some((subject) =>
      isMeant(subject, user, metadataOf(binding).namespace)
    )
  ).flatMap((binding) => roleOf(store, binding));
}

function* bindingsFor(
  store: ObjectStore,
  question: AccessQuestion | { readonly namespace: string },
): Generator<JsonObject> {
  const clusterWide = store.collection(`${RBAC}/clusterrolebindings`);
  for (const { object } of clusterWide.values()) yield object;
  if ("path" in question || question.namespace === "") return;
  const { namespace } = question;
  const within = store.collection(`${RBAC}/rolebindings`);
  for (const { object } of within.values(`${namespace}/`)) yield object;
}

function subjectsOf({ subjects }: JsonObject): readonly Subject[] {
  // Checked when it was written.
  return Array.isArray(subjects) ? subjects as readonly Subject[] : [];
}

function roleRefOf({ roleRef }: JsonObject): RoleRef {
  const { kind, name } = isObject(roleRef) ? roleRef : {};
  return { kind: String(kind), name: String(name) };
}

function roleOf(
  store: ObjectStore,
  binding: JsonObject,
): readonly PolicyRule[] {
  const { kind, name } = roleRefOf(binding);
  const { namespace } = metadataOf(binding);
  const found = kind === "ClusterRole"
    ? store.collection(`${RBAC}/clusterroles`).get(name)
    : store.collection(`${RBAC}/roles`).get(`${namespace}/${name}`);
  const rules = found?.object.rules;
  // Checked when it was written.
  return Array.isArray(rules) ? rules as readonly PolicyRule[] : [];
}

function isMeant(
  { kind, name, namespace: own }: Subject,
  user: User,
  namespace = "",
): boolean {
  if (kind === "User") return name === user.name;
  if (kind === "Group") return user.groups.includes(name);
  const account = serviceAccountOf(user.name);
  return kind === "ServiceAccount" && account?.name === name &&
    account.namespace === (own || namespace);
}

function because(binding: JsonObject, subject: Subject): string {
  const { name = "", namespace } = metadataOf(binding);
  const role = roleRefOf(binding);
  const where = namespace === undefined ? name : `${name}/${namespace}`;
  const kind = namespace === undefined ? "ClusterRoleBinding" : "RoleBinding";
  const who = subject.kind === "ServiceAccount"
    ? `${subject.name}/${subject.namespace ?? namespace}`
    : subject.name;
  return `RBAC: allowed by ${kind} "${where}" of ${role.kind} "${role.name}" to ${subject.kind} "${who}"`;
}
