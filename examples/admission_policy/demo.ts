// deno-lint-ignore-file no-console -- it tells a story to a person

import {
  ManagedCertificate,
  webhookConfiguration,
  type WebhookConfigurationManifest,
  WebhookServer,
} from "@koprs/koprs/admission";
import {
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from "@koprs/koprs/builtin";
import { Client, start, waitFor } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { askWebhook, type WebhookAddress } from "./api_server.ts";
import { policy } from "./policy.ts";

/**
 * Tells the story of the policy on an embedded API server, which keeps the
 * certificate and the configurations.
 *
 * It does not call webhooks: the demo does, the way a cluster would, by the
 * URL and the authority in the configuration.
 *
 * @param print Where the lines go.
 */
export async function tellDemo(print: (line: string) => void): Promise<void> {
  await using api = new FakeApiServer();
  await using client = new Client(api.config, { fieldManager: "demo" });
  print(`The embedded API server listens on ${api.url}`);

  const configurations = (port: number): WebhookConfigurationManifest[] =>
    webhookConfiguration(policy, {
      name: "admission-policy",
      url: `https://localhost:${port}`,
    });
  const certificate = new ManagedCertificate(client, {
    secret: { name: "admission-policy-tls", namespace: "default" },
    dnsNames: ["localhost"],
    inject: configurations(0),
  });
  const server = new WebhookServer(policy, {
    port: 0,
    hostname: "127.0.0.1",
    certificate,
    drainDelay: 0,
  });
  await using _keeper = start(certificate);
  await using running = start(server);
  await running.ready;
  const manifests = configurations(server.address.port);
  for (const manifest of manifests) {
    await client.resource(kindOf(manifest)).apply(manifest);
  }
  print(
    "The policy serves /validate and /mutate, with a certificate of its own",
  );

  const told = await Promise.all(
    manifests.map((manifest) => injected(client, manifest)),
  );
  print("  ✓ the API server knows the authority that signed it");
  const [mutating, validating] = told;
  if (mutating === undefined || validating === undefined) return;

  for (const replicas of [3, 11]) {
    print(`\nSomebody creates a Deployment with ${replicas} replicas`);
    const stamped = await askWebhook(mutating, deployment(replicas));
    print(`  ✓ it gets a label: ${stamped.patch}`);
    const judged = await askWebhook(validating, deployment(replicas));
    print(
      judged.allowed
        ? "  ✓ it may go on"
        : `  ✓ it is denied: ${judged.message}`,
    );
  }
}

function kindOf(
  { kind }: WebhookConfigurationManifest,
): typeof ValidatingWebhookConfiguration | typeof MutatingWebhookConfiguration {
  return kind === "ValidatingWebhookConfiguration"
    ? ValidatingWebhookConfiguration
    : MutatingWebhookConfiguration;
}

/** Waits for the authority in a configuration. */
async function injected(
  client: Client,
  manifest: WebhookConfigurationManifest,
): Promise<WebhookAddress> {
  const found = await waitFor(
    client.resource(kindOf(manifest)),
    manifest.metadata,
    {
      condition: (configuration) =>
        configuration?.webhooks?.[0]?.clientConfig.caBundle !== undefined,
      timeout: 10_000,
    },
  );
  return found?.webhooks?.[0]?.clientConfig ?? {};
}

function deployment(replicas: number): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default" },
    spec: { replicas },
  };
}

if (import.meta.main) {
  await tellDemo(console.log);
  console.log("\nThe end.");
}
