import { assertEquals } from "@std/assert";
import { FakeApiServer } from "../fake_api_server.ts";

const RULES = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
const RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
const READER = {
  verbs: ["get"],
  apiGroups: [""],
  resources: ["pods"],
};

async function post(
  server: FakeApiServer,
  path: string,
  { token, body }: { readonly token: string; readonly body: object },
): Promise<{ readonly status: Readonly<Record<string, unknown>> }> {
  const response = await server.fetch(server.url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  });
  assertEquals(response.status, 201);
  return await response.json();
}

Deno.test("a SelfSubjectRulesReview tells what the roles of a user allow", async () => {
  await using server = new FakeApiServer({
    listen: false,
    authorization: "rbac",
  });
  const admin = server.issueToken("admin", ["system:masters"]);
  const metadata = { name: "reader" };
  const role = { metadata, rules: [READER] };
  await post(server, `${RBAC}/roles`, { token: admin, body: role });
  const roleRef = {
    apiGroup: "rbac.authorization.k8s.io",
    kind: "Role",
    name: "reader",
  };
  const subjects = [{ kind: "ServiceAccount", name: "app" }];
  const binding = { metadata, roleRef, subjects };
  await post(server, `${RBAC}/rolebindings`, { token: admin, body: binding });

  const rulesOf = async (token: string, namespace: string) => {
    const body = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      spec: { namespace },
    };
    const { status } = await post(server, RULES, { token, body });
    return status.resourceRules;
  };
  const app = server.issueToken("system:serviceaccount:default:app");
  const own = [
    {
      verbs: ["create"],
      apiGroups: ["authorization.k8s.io"],
      resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
    },
    {
      verbs: ["create"],
      apiGroups: ["authentication.k8s.io"],
      resources: ["selfsubjectreviews"],
    },
  ];
  assertEquals(await rulesOf(app, "default"), [...own, READER]);
  assertEquals(await rulesOf(app, "kube-system"), own);
  const all = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };
  assertEquals(await rulesOf(admin, "default"), [all, ...own]);
});
