import {
  allow,
  anyKind,
  conversionWebhook,
  mutatingWebhook,
  validatingWebhook,
  webhookConfiguration,
  webhookConversion,
} from "@koprs/koprs/admission";
import {
  Deployment,
  MutatingWebhookConfiguration,
  Pod,
  ValidatingWebhookConfiguration,
} from "@koprs/koprs/builtin";
import {
  Client,
  customResourceDefinition,
  defineKind,
} from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { assertEquals, assertThrows } from "@std/assert";
import * as z from "zod";

const SERVICE = { name: "policy", namespace: "policy" };
const judge = validatingWebhook(Deployment, () => allow(), {
  operations: ["CREATE", "DELETE"],
  timeout: 5_000,
  matchConditions: [{ name: "people", expression: "true" }],
});
const change = mutatingWebhook(Pod, () => undefined, {
  failurePolicy: "Ignore",
  sideEffects: "NoneOnDryRun",
});

Deno.test("webhookConfiguration() says all that an API server needs", () => {
  const options = { name: "policy", service: { ...SERVICE, port: 8443 } };
  const caBundle = "certificate";
  const [configuration, ...others] = webhookConfiguration([judge], {
    ...options,
    caBundle,
  });
  assertEquals(others, []);
  assertEquals(configuration, {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "policy" },
    webhooks: [{
      name: "validate.deployments.apps",
      clientConfig: {
        service: {
          name: "policy",
          namespace: "policy",
          path: "/validate/deployments.apps/v1",
          port: 8443,
        },
        caBundle: btoa(caBundle),
      },
      rules: [{
        apiGroups: ["apps"],
        apiVersions: ["v1"],
        resources: ["deployments"],
        scope: "Namespaced",
        operations: ["CREATE", "DELETE"],
      }],
      admissionReviewVersions: ["v1"],
      failurePolicy: "Fail",
      matchPolicy: "Equivalent",
      sideEffects: "None",
      timeoutSeconds: 5,
      namespaceSelector: {
        matchExpressions: [{
          key: "kubernetes.io/metadata.name",
          operator: "NotIn",
          values: ["kube-system", "policy"],
        }],
      },
      matchConditions: [{ name: "people", expression: "true" }],
    }],
  });
});

Deno.test("webhookConfiguration() makes one of each type, and takes a URL", () => {
  const made = webhookConfiguration([judge, change], {
    name: "policy",
    url: "https://127.0.0.1:8443/",
    annotations: { "cert-manager.io/inject-ca-from": "policy/policy" },
  });
  assertEquals(
    made.map(({ kind, metadata, webhooks }) => [
      kind,
      metadata.annotations,
      webhooks.map(({ clientConfig, failurePolicy }) => [
        clientConfig.url,
        failurePolicy,
      ]),
    ]),
    [
      [
        "MutatingWebhookConfiguration",
        { "cert-manager.io/inject-ca-from": "policy/policy" },
        [["https://127.0.0.1:8443/mutate/pods/v1", "Ignore"]],
      ],
      [
        "ValidatingWebhookConfiguration",
        { "cert-manager.io/inject-ca-from": "policy/policy" },
        [["https://127.0.0.1:8443/validate/deployments.apps/v1", "Fail"]],
      ],
    ],
  );
});

Deno.test("F143 a webhook is not asked about its own namespace and kube-system", () => {
  const [configuration] = webhookConfiguration([judge], {
    name: "policy",
    service: SERVICE,
  });
  const [webhook] = configuration?.webhooks ?? [];
  assertEquals(webhook?.namespaceSelector.matchExpressions[0]?.values, [
    "kube-system",
    "policy",
  ]);
  const [other] = webhookConfiguration([judge], {
    name: "policy",
    service: SERVICE,
    excludeNamespaces: ["a"],
  });
  assertEquals(
    other?.webhooks[0]?.namespaceSelector.matchExpressions[0]?.values,
    ["a"],
  );
});

Deno.test("F143 failurePolicy Fail on everything is refused", () => {
  const all = validatingWebhook(anyKind, () => allow());
  const options = { name: "policy", service: SERVICE };
  assertThrows(
    () => webhookConfiguration([all], options),
    TypeError,
    'Cannot configure webhook "validate.any.core" for all resources',
  );
  const everything = validatingWebhook(Pod, () => allow(), {
    rules: [{ apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"] }],
  });
  assertThrows(() => webhookConfiguration([everything], options), TypeError);
  const lenient = validatingWebhook(anyKind, () => allow(), {
    failurePolicy: "Ignore",
  });
  assertEquals(webhookConfiguration([lenient], options).length, 1);
});

Deno.test("webhookConfiguration() wants to know where the webhooks are", () => {
  const name = "policy";
  for (
    const wrong of [
      {},
      { service: SERVICE, url: "https://a" },
      { url: "http://a" },
      { url: "https://a?b" },
    ]
  ) {
    assertThrows(
      () => webhookConfiguration([judge], { name, ...wrong }),
      TypeError,
    );
  }
});

Deno.test("webhookConfiguration() makes what a typed client applies", async () => {
  await using server = new FakeApiServer();
  await using client = new Client(server.config, { fieldManager: "test" });
  const options = { name: "policy", service: SERVICE, caBundle: "x" };
  for (const manifest of webhookConfiguration([judge, change], options)) {
    const kind = manifest.kind === "ValidatingWebhookConfiguration"
      ? ValidatingWebhookConfiguration
      : MutatingWebhookConfiguration;
    const { metadata } = await client.resource(kind).apply(manifest);
    assertEquals(metadata.name, "policy");
  }
});

Deno.test("webhookConversion() becomes a part of a CRD", () => {
  const names = {
    group: "example.io",
    kind: "Greeting",
    plural: "greetings",
    scope: "Namespaced",
  } as const;
  const alpha = defineKind({
    ...names,
    version: "v1alpha1",
    spec: z.object({}),
  });
  const stable = defineKind({ ...names, version: "v1", spec: z.object({}) });
  const webhook = conversionWebhook(stable, {
    versions: {
      v1alpha1: {
        kind: alpha,
        toHub: ({ spec }) => ({ spec }),
        fromHub: ({ spec }) => ({ spec }),
      },
    },
  });
  const crd = customResourceDefinition(webhook.kinds, {
    storage: "v1",
    conversion: webhookConversion(webhook, { service: SERVICE }),
  });
  assertEquals(crd.spec.conversion, {
    strategy: "Webhook",
    webhook: {
      clientConfig: {
        service: {
          ...SERVICE,
          path: "/convert/greetings.example.io",
          port: 443,
        },
      },
      conversionReviewVersions: ["v1"],
    },
  });
});
