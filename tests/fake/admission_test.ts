import { assertEquals, assertMatch } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import { CONFIG_MAPS, request, type TestAnswer } from "./test_client.ts";
import type { WebhookTarget } from "./webhook/webhook_target.ts";

const REGISTRATION = "/apis/admissionregistration.k8s.io/v1";

/** A webhook that says what a test wants, and what it was asked. */
function scripted(response: object): {
  readonly target: WebhookTarget;
  readonly asked: TestAnswer["body"][];
} {
  const asked: TestAnswer["body"][] = [];
  return {
    asked,
    async target(request) {
      const review = await request.json();
      asked.push(review.request);
      const { uid } = review.request;
      return Response.json({ ...review, response: { uid, ...response } });
    },
  };
}

const configuration = (kind: string, more: object = {}) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind,
  metadata: { name: "policy" },
  webhooks: [{
    name: "policy.example.io",
    clientConfig: { url: "https://policy.test/judge" },
    rules: [{
      apiGroups: [""],
      apiVersions: ["v1"],
      resources: ["configmaps"],
      operations: ["*"],
    }],
    admissionReviewVersions: ["v1"],
    sideEffects: "None",
    ...more,
  }],
});

async function configure(
  server: FakeApiServer,
  type: "Mutating" | "Validating",
  more: object = {},
): Promise<void> {
  const kind = `${type}WebhookConfiguration`;
  const { status } = await request(
    server,
    `POST ${REGISTRATION}/${kind.toLowerCase()}s`,
    { body: configuration(kind, more) },
  );
  assertEquals(status, 201);
}

async function create(server: FakeApiServer): Promise<TestAnswer> {
  return await request(server, `POST ${CONFIG_MAPS}`, {
    body: { metadata: { name: "a" } },
  });
}

const patch = (operations: readonly object[]) => ({
  patch: btoa(JSON.stringify(operations)),
  patchType: "JSONPatch",
});

Deno.test("a mutating webhook changes what is stored, and the journal says so", async () => {
  const { target, asked } = scripted({
    allowed: true,
    warnings: ["careful"],
    auditAnnotations: { seen: "yes" },
    ...patch([{ op: "add", path: "/data", value: { a: "b" } }]),
  });
  await using server = new FakeApiServer({
    webhooks: { "https://policy.test": target },
  });
  await configure(server, "Mutating");
  const { status, body, warning } = await create(server);
  assertEquals([status, body.data], [201, { a: "b" }]);
  assertEquals(warning, '299 - "careful"');
  assertEquals(asked.map(({ operation, name }) => `${operation} ${name}`), [
    "CREATE a",
  ]);
  assertEquals(server.journal.at(-1)?.auditAnnotations, {
    "policy.example.io/seen": "yes",
    "mutation.webhook.admission.k8s.io/round_0_index_0": JSON.stringify({
      configuration: "policy",
      webhook: "policy.example.io",
      mutated: true,
    }),
  });
});

Deno.test("a validating webhook denies, and nothing is stored", async () => {
  const { target } = scripted({
    allowed: false,
    status: { message: "no", code: 409, reason: "Conflict" },
  });
  await using server = new FakeApiServer({
    webhooks: { "https://policy.test": target },
  });
  await configure(server, "Validating");
  const { status, body } = await create(server);
  assertEquals([status, body.reason], [409, "Conflict"]);
  assertEquals(
    body.message,
    'admission webhook "policy.example.io" denied the request: no',
  );
  assertEquals(server.objects({ group: "", plural: "configmaps" }), []);
});

Deno.test("a webhook behind a Service is reached where the options say", async () => {
  const { target, asked } = scripted({ allowed: true });
  await using server = new FakeApiServer({
    webhooks: { "infra/hook": target },
  });
  const service = { namespace: "infra", name: "hook", path: "/judge" };
  await configure(server, "Validating", { clientConfig: { service } });
  assertEquals((await create(server)).status, 201);
  assertEquals(asked.length, 1);
});

Deno.test("a Service that leads nowhere fails the request", async () => {
  await using server = new FakeApiServer();
  const service = { namespace: "infra", name: "hook", path: "/judge" };
  await configure(server, "Validating", { clientConfig: { service } });
  const missing = await create(server);
  const post =
    'Internal error occurred: failed calling webhook "policy.example.io": failed to call webhook: Post "https://hook.infra.svc:443/judge?timeout=10s": ';
  assertEquals(missing.status, 500);
  assertEquals(missing.body.message, `${post}service "hook" not found`);

  await request(server, "POST /api/v1/namespaces", {
    body: { metadata: { name: "infra" } },
  });
  await request(server, "POST /api/v1/namespaces/infra/services", {
    body: { metadata: { name: "hook" }, spec: { ports: [{ port: 443 }] } },
  });
  const { body } = await create(server);
  assertMatch(body.message, /tell it where "infra\/hook" is by the option/);
});

Deno.test("a webhook that fails is passed over where its policy says so", async () => {
  await using server = new FakeApiServer({
    webhooks: { "https://policy.test": () => new Response("broken") },
  });
  await configure(server, "Validating", { failurePolicy: "Ignore" });
  assertEquals((await create(server)).status, 201);
  assertEquals(server.journal.at(-1)?.auditAnnotations, {
    "failed-open.validating.webhook.admission.k8s.io/round_0_index_0":
      "policy.example.io",
  });
});

Deno.test("an object that changes while webhooks are asked is written anew", async () => {
  let calls = 0;
  await using server: FakeApiServer = new FakeApiServer({
    webhooks: {
      "https://policy.test": async (review) => {
        const { request: { uid, operation } } = await review.json();
        if (operation === "UPDATE" && calls++ === 0) {
          await request(server, `PATCH ${CONFIG_MAPS}/a`, {
            body: { data: { other: "1" } },
            type: "application/merge-patch+json",
          });
        }
        return Response.json({
          apiVersion: "admission.k8s.io/v1",
          kind: "AdmissionReview",
          response: { uid, allowed: true },
        });
      },
    },
  });
  await configure(server, "Validating");
  await create(server);
  const { status, body } = await request(server, `PATCH ${CONFIG_MAPS}/a`, {
    body: { data: { own: "1" } },
    type: "application/merge-patch+json",
  });
  assertEquals([status, body.data], [200, { other: "1", own: "1" }]);
  assertEquals(calls, 3);
});
