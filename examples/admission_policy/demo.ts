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
import {
  ApiError,
  Client,
  isForbidden,
  type Manifest,
  setReplicas,
  start,
} from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { tellStory } from "../storyteller.ts";
import { policy, STAMP } from "./policy.ts";

const NAME = "admission-policy";
const CONFIGURATIONS = {
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
};

/**
 * Tells the story of the policy on an embedded API server, which calls the
 * webhooks over TLS.
 *
 * @param print Where the lines go.
 */
export async function tellDemo(print: (line: string) => void): Promise<void> {
  await using api = new FakeApiServer();
  await using client = new Client(api.config, { fieldManager: NAME });
  await using person = new Client(api.config, { fieldManager: "demo" });
  const deployments = person.resource(Deployment);
  const story = tellStory(api, { operator: NAME, print });
  const web = (): Deployment | undefined => api.objects(Deployment)[0];

  print(`The embedded API server listens on ${api.url}`);
  const certificate = new ManagedCertificate(client, {
    secret: { name: `${NAME}-tls`, namespace: "default" },
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
    await client.resource(CONFIGURATIONS[manifest.kind]).apply(manifest);
  }
  await story.fact(
    "it calls /validate and /mutate, and trusts their certificate",
    () =>
      Object.values(CONFIGURATIONS).every((kind) =>
        api.objects<MutatingWebhookConfiguration>(kind)[0]?.webhooks?.[0]
          ?.clientConfig.caBundle !== undefined
      ),
  );

  story.step("Somebody creates a Deployment with 3 replicas");
  await deployments.create(deployment("web", 3));
  await story.fact(
    `it is there, with label ${STAMP}`,
    () => web()?.metadata.labels?.[STAMP] === "true",
  );

  story.step("Somebody creates a Deployment with 11 replicas");
  print(`  ${await denial(deployments.create(deployment("big", 11)))}`);
  await story.fact(
    "it is not there",
    () => api.objects(Deployment).length === 1,
  );

  story.step("Somebody scales the first one to 11, as kubectl scale does");
  const key = { name: "web", namespace: "default" };
  print(`  ${await denial(setReplicas(deployments, key, 11))}`);
  await story.fact("it still has 3", () => web()?.spec?.replicas === 3);
}

/** What tells the API server of the webhooks; the port is known later. */
function configurations(port: number): WebhookConfigurationManifest[] {
  const url = `https://localhost:${port}`;
  return webhookConfiguration(policy, { name: NAME, url });
}

function deployment(
  name: string,
  replicas: number,
): Manifest<Deployment, "Namespaced"> {
  const labels = { app: name };
  const containers = [{ name: "main", image: "app:1" }];
  return {
    metadata: { name, namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
}

/** Why a request is denied. */
async function denial(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return "it is not denied";
  } catch (error) {
    if (error instanceof ApiError && isForbidden(error)) return error.message;
    throw error;
  }
}

if (import.meta.main) {
  await tellDemo(console.log);
  console.log("\nThe end.");
}
