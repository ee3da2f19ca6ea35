import type { PolicyRule } from "./policy_rule.ts";

/** A ClusterRole that every server has, and the groups that have it. */
export interface BootstrapRole {
  /** Name of the ClusterRole and of its binding. */
  readonly name: string;
  /** Its rules. */
  readonly rules: readonly PolicyRule[];
  /** Groups that are bound to it. */
  readonly groups: readonly string[];
}

const EVERYTHING = "*";
const INFO = ["/healthz", "/livez", "/readyz", "/version", "/version/"];

/** What `bootstrappolicy` of Kubernetes gives to everyone, and to masters. */
export const BOOTSTRAP_ROLES: readonly BootstrapRole[] = [
  {
    name: "cluster-admin",
    rules: [
      {
        verbs: [EVERYTHING],
        apiGroups: [EVERYTHING],
        resources: [EVERYTHING],
      },
      { verbs: [EVERYTHING], nonResourceURLs: [EVERYTHING] },
    ],
    groups: ["system:masters"],
  },
  {
    name: "system:discovery",
    rules: [{
      verbs: ["get"],
      nonResourceURLs: [
        "/api",
        "/api/*",
        "/apis",
        "/apis/*",
        "/healthz",
        "/livez",
        "/openapi",
        "/openapi/*",
        "/readyz",
        "/version",
        "/version/",
      ],
    }],
    groups: ["system:authenticated"],
  },
  {
    name: "system:basic-user",
    rules: [{
      verbs: ["create"],
      apiGroups: ["authorization.k8s.io"],
      resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
    }, {
      verbs: ["create"],
      apiGroups: ["authentication.k8s.io"],
      resources: ["selfsubjectreviews"],
    }],
    groups: ["system:authenticated"],
  },
  {
    name: "system:public-info-viewer",
    rules: [{ verbs: ["get"], nonResourceURLs: INFO }],
    groups: ["system:authenticated", "system:unauthenticated"],
  },
];

const GROUP = "rbac.authorization.k8s.io";
const PATH = `/apis/${GROUP}/v1`;

/** The same as objects, each with the path to POST it to. */
export function bootstrapObjects(): (readonly [string, object])[] {
  return BOOTSTRAP_ROLES.flatMap(({ name, rules, groups }) => [
    [`${PATH}/clusterroles`, { metadata: { name }, rules }] as const,
    [`${PATH}/clusterrolebindings`, {
      metadata: { name },
      roleRef: { apiGroup: GROUP, kind: "ClusterRole", name },
      subjects: groups.map((group) => ({
        apiGroup: GROUP,
        kind: "Group",
        name: group,
      })),
    }] as const,
  ]);
}

/**
 * Collects what groups may do from the start.
 *
 * @param groups Names of the groups.
 * @returns The rules of their roles, in the order of the names of these.
 */
export function bootstrapRules(
  groups: readonly string[],
): readonly PolicyRule[] {
  return BOOTSTRAP_ROLES.filter((role) =>
    role.groups.some((group) => groups.includes(group))
  ).toSorted((a, b) => a.name < b.name ? -1 : 1).flatMap(({ rules }) => rules);
}
