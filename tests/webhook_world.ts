import {
  type AdmissionWebhook,
  ManagedCertificate,
  webhookConfiguration,
  type WebhookConfigurationManifest,
  WebhookServer,
} from "@koprs/koprs/admission";
import {
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from "@koprs/koprs/builtin";
import { start, waitFor } from "@koprs/koprs/core";
import { openWorld, type World } from "./world.ts";

/** An API server that calls webhooks of this process over TLS. */
export interface WebhookWorld extends World {
  /** As `https://localhost:PORT`. */
  readonly url: string;
}

/**
 * Serves webhooks, and tells the API server of them, for the objects of one
 * namespace. The certificate is kept in a Secret of that server, and injected.
 *
 * @param webhooks The webhooks.
 * @returns The world, when the API server calls the webhooks.
 */
export async function openWebhookWorld(
  webhooks: readonly AdmissionWebhook[],
): Promise<WebhookWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld());
  const { client, namespace } = world;
  const name = `koprs-${namespace}`;
  // The port is known once the server listens, which needs the certificate.
  const inject = webhookConfiguration(webhooks, { name, url: "https://a" });
  const certificate = new ManagedCertificate(client, {
    secret: { name: "webhook-tls", namespace },
    dnsNames: ["localhost"],
    inject,
    propagation: 0,
  });
  const server = new WebhookServer(webhooks, {
    port: 0,
    hostname: "127.0.0.1",
    certificate,
    drainDelay: 0,
  });
  stack.use(start(certificate));
  const running = stack.use(start(server));
  await running.ready;
  const url = `https://localhost:${server.address.port}`;
  for (const manifest of webhookConfiguration(webhooks, { name, url })) {
    const configurations = client.resource(kindOf(manifest));
    const labels = { "kubernetes.io/metadata.name": namespace };
    stack.defer(async () => void await configurations.delete({ name }));
    await configurations.apply({
      ...manifest,
      webhooks: manifest.webhooks.map((webhook) => ({
        ...webhook,
        namespaceSelector: { matchLabels: labels },
      })),
    });
    await waitFor(configurations, { name }, {
      condition: (found) =>
        found?.webhooks?.every(({ clientConfig }) =>
          clientConfig.caBundle !== undefined
        ) === true,
      timeout: 10_000,
    });
  }
  const opened = stack.move();
  return {
    ...world,
    url,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function kindOf(
  { kind }: WebhookConfigurationManifest,
): typeof ValidatingWebhookConfiguration | typeof MutatingWebhookConfiguration {
  return kind === "ValidatingWebhookConfiguration"
    ? ValidatingWebhookConfiguration
    : MutatingWebhookConfiguration;
}
