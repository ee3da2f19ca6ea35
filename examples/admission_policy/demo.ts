// deno-lint-ignore-file no-console -- it tells a story to a person

import {
  ManagedCertificate,
  webhookConfiguration,
  type WebhookConfigurationManifest,
  WebhookServer,
} from "@koprs/koprs/admission";
import {
  Deployment,
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from "@koprs/koprs/builtin";
import { ApiError, Client, start, waitFor } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { policy } from "./policy.ts";

/**
 * Tells the story of the policy on an embedded API server, which keeps the
 * certificate and the configurations, and calls the webhooks over TLS.
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
  for (const manifest of configurations(server.address.port)) {
    await client.resource(kindOf(manifest)).apply(manifest);
    await injected(client, manifest);
  }
  print(
    "The policy serves /validate and /mutate, with a certificate of its own",
  );
  print("  ✓ the API server knows the authority that signed it");

  for (const replicas of [3, 11]) {
    print(`\nSomebody creates a Deployment with ${replicas} replicas`);
    try {
      const { metadata } = await client.resource(Deployment)
        .create(deployment(replicas));
      print(
        `  ✓ it is there, with a label: ${JSON.stringify(metadata.labels)}`,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      print(`  ✓ it is refused: ${error.message}`);
    }
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
): Promise<void> {
  await waitFor(client.resource(kindOf(manifest)), manifest.metadata, {
    condition: (configuration) =>
      configuration?.webhooks?.[0]?.clientConfig.caBundle !== undefined,
    timeout: 10_000,
  });
}

function deployment(replicas: number) {
  const labels = { app: "web" };
  return {
    metadata: { name: `web-${replicas}`, namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "web", image: "web" }] },
      },
    },
  };
}

if (import.meta.main) {
  await tellDemo(console.log);
  console.log("\nThe end.");
}
