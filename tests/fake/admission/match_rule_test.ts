import { assertEquals } from "@std/assert";
import { type Matched, matchesRule, type MatchRule } from "./match_rule.ts";

const POD: Matched = {
  operation: "CREATE",
  resource: { group: "", version: "v1", resource: "pods" },
  subresource: "",
  namespace: "default",
};
const RULE: MatchRule = {
  operations: ["CREATE"],
  apiGroups: [""],
  apiVersions: ["v1"],
  resources: ["pods"],
};

Deno.test("matchesRule() tells resources and subresources apart", () => {
  const names = (resource: string, subresource: string) =>
    matchesRule({ ...RULE, resources: [resource] }, { ...POD, subresource });
  assertEquals(
    ["pods", "*", "pods/*", "*/*", "pods/exec", "*/exec", "nodes"].map((name) =>
      `${name}: ${names(name, "")} ${names(name, "exec")}`
    ),
    [
      "pods: true false",
      "*: true false",
      "pods/*: true true",
      "*/*: true true",
      "pods/exec: false true",
      "*/exec: false true",
      "nodes: false false",
    ],
  );
});

Deno.test("matchesRule() takes a namespace for an object without one", () => {
  const namespace: Matched = {
    ...POD,
    resource: { group: "", version: "v1", resource: "namespaces" },
  };
  const inScope = (scope: string, of: Matched) =>
    matchesRule({ ...RULE, resources: ["*"], scope }, of);
  assertEquals(
    ["*", "Cluster", "Namespaced"].map((scope) =>
      `${scope}: ${inScope(scope, POD)} ${inScope(scope, namespace)}`
    ),
    ["*: true true", "Cluster: false true", "Namespaced: true false"],
  );
});

Deno.test("matchesRule() wants operation, group and version", () => {
  const rules: MatchRule[] = [
    { ...RULE, operations: ["UPDATE"] },
    { ...RULE, operations: ["*"] },
    { ...RULE, apiGroups: ["apps"] },
    { ...RULE, apiVersions: ["v2"] },
    { ...RULE, apiGroups: ["*"], apiVersions: ["*"] },
  ];
  assertEquals(rules.map((rule) => matchesRule(rule, POD)), [
    false,
    true,
    false,
    false,
    true,
  ]);
});
