import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import { CONFIG_MAPS, request } from "./test_client.ts";

const REGISTRATION = "/apis/admissionregistration.k8s.io/v1";
const START = "the embedded API server does not evaluate CEL: ";
const warning = (text: string) => `299 - ${JSON.stringify(START + text)}`;

const RULE = {
  apiGroups: [""],
  apiVersions: ["v1"],
  resources: ["configmaps"],
  operations: ["CREATE"],
};

Deno.test("x-kubernetes-validations are warned about, and noted in the journal", async () => {
  await using server = new FakeApiServer();
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "notes.test.koprs.dev" },
    spec: {
      group: "test.koprs.dev",
      scope: "Namespaced",
      names: { plural: "notes", kind: "Note" },
      versions: [{
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            "x-kubernetes-validations": [{ rule: "false" }],
          },
        },
      }],
    },
  };
  const crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  const defined = await request(server, `POST ${crds}`, { body: crd });
  const never = "x-kubernetes-validations of version v1 never fail";
  assertEquals([defined.status, defined.warning], [201, warning(never)]);
  const notes = "/apis/test.koprs.dev/v1/namespaces/default/notes";
  const created = await request(server, `POST ${notes}`, {
    body: {
      apiVersion: "test.koprs.dev/v1",
      kind: "Note",
      metadata: { name: "a" },
    },
  });
  const unchecked =
    "x-kubernetes-validations of test.koprs.dev/v1 Note are not checked";
  assertEquals([created.status, created.warning], [201, warning(unchecked)]);
  assertEquals(
    server.journal.map(({ limits }) => limits),
    [[START + never], [START + unchecked]],
  );
});

Deno.test("a webhook with matchConditions is called, and warned about", async () => {
  let calls = 0;
  await using server = new FakeApiServer({
    webhooks: {
      "https://policy.test": async (review) => {
        calls++;
        const { request: { uid }, ...type } = await review.json();
        return Response.json({ ...type, response: { uid, allowed: true } });
      },
    },
  });
  const told = warning(
    "the matchConditions of webhook policy.example.io count as true, so it is called",
  );
  const configured = await request(
    server,
    `POST ${REGISTRATION}/validatingwebhookconfigurations`,
    {
      body: {
        metadata: { name: "policy" },
        webhooks: [{
          name: "policy.example.io",
          clientConfig: { url: "https://policy.test" },
          rules: [RULE],
          admissionReviewVersions: ["v1"],
          sideEffects: "None",
          matchConditions: [{ name: "never", expression: "false" }],
        }],
      },
    },
  );
  assertEquals([configured.status, configured.warning], [201, told]);
  const created = await request(server, `POST ${CONFIG_MAPS}`, {
    body: { metadata: { name: "a" } },
  });
  assertEquals([created.status, created.warning, calls], [201, told, 1]);
});

Deno.test("a ValidatingAdmissionPolicy judges nothing, and is warned about", async () => {
  await using server = new FakeApiServer();
  const policy = await request(
    server,
    `POST ${REGISTRATION}/validatingadmissionpolicies`,
    {
      body: {
        metadata: { name: "no" },
        spec: {
          matchConstraints: {
            resourceRules: [{ ...RULE, resourceNames: ["a"] }],
          },
          validations: [{ expression: "false" }],
        },
      },
    },
  );
  assertEquals(
    [policy.status, policy.warning],
    [201, warning("ValidatingAdmissionPolicy no denies nothing")],
  );
  const create = async (name: string) => {
    const { warning } = await request(server, `POST ${CONFIG_MAPS}`, {
      body: { metadata: { name } },
    });
    await request(server, `DELETE ${CONFIG_MAPS}/${name}`);
    return warning;
  };
  assertEquals(await create("a"), "", "no binding");
  await request(
    server,
    `POST ${REGISTRATION}/validatingadmissionpolicybindings`,
    {
      body: {
        metadata: { name: "no" },
        spec: { policyName: "no", validationActions: ["Deny"] },
      },
    },
  );
  const told = warning(
    "ValidatingAdmissionPolicy no does not judge this request",
  );
  assertEquals([await create("a"), await create("b")], [told, ""]);
});
