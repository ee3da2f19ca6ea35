import { assertEquals } from "@std/assert";
import { type PolicyRule, ruleAllows } from "./policy_rule.ts";

const pods = {
  verb: "get",
  group: "",
  resource: "pods",
  subresource: "",
  namespace: "n",
  name: "a",
};
const rule: PolicyRule = {
  verbs: ["get"],
  apiGroups: [""],
  resources: ["pods"],
};

Deno.test("ruleAllows() compares verb, group, resource and name", () => {
  const cases: [PolicyRule, Partial<typeof pods>, boolean][] = [
    [rule, {}, true],
    [rule, { verb: "list" }, false],
    [rule, { group: "apps" }, false],
    [rule, { subresource: "log" }, false],
    [{ ...rule, resources: ["pods/log"] }, { subresource: "log" }, true],
    [{ ...rule, resources: ["*/log"] }, { subresource: "log" }, true],
    [{ ...rule, resources: ["*"] }, { subresource: "log" }, true],
    [{ ...rule, resourceNames: ["b"] }, {}, false],
    [{ ...rule, resourceNames: ["a"] }, {}, true],
    [{ ...rule, resourceNames: ["a"] }, { name: "" }, false],
    [{ ...rule, verbs: ["*"], apiGroups: ["*"] }, { group: "x" }, true],
    [{}, {}, false],
  ];
  for (const [of, change, expected] of cases) {
    assertEquals(ruleAllows(of, { ...pods, ...change }), expected);
  }
});

Deno.test("ruleAllows() compares paths", () => {
  const of = { verbs: ["get"], nonResourceURLs: ["/api", "/api/*"] };
  for (
    const [path, expected] of [
      ["/api", true],
      ["/api/v1", true],
      ["/apis", false],
    ] as const
  ) assertEquals(ruleAllows(of, { verb: "get", path }), expected);
});
