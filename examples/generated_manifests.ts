import { webhookConfiguration } from "@koprs/koprs/admission";
import { policy } from "./admission_policy/policy.ts";
import { ConfigMapSync } from "./configmapsync/kind.ts";
import { Database } from "./database/kind.ts";
import { FlagSet } from "./external_flags/kind.ts";
import { greetingKind } from "./greeting/kind.ts";
import { SecretSync } from "./multicontroller/secret_sync.ts";
import { ServiceAccountSync } from "./multicontroller/service_account_sync.ts";

const POLICY = "admission-policy";

/**
 * The objects in manifests that are generated.
 *
 * @returns The objects, by the path of their manifest in `examples/`.
 */
export async function generatedManifests(): Promise<
  Readonly<Record<string, readonly object[]>>
> {
  const Greeting = await greetingKind();
  return {
    "greeting/manifests/crd.yaml": [Greeting.manifest],
    "configmapsync/manifests/crd.yaml": [ConfigMapSync.manifest],
    "multicontroller/manifests/crd.yaml": [
      SecretSync.manifest,
      ServiceAccountSync.manifest,
    ],
    "database/manifests/crd.yaml": [Database.manifest],
    "external_flags/manifests/crd.yaml": [FlagSet.manifest],
    "admission_policy/manifests/configuration.yaml": webhookConfiguration(
      policy,
      {
        name: POLICY,
        service: { name: POLICY, namespace: POLICY },
        annotations: {
          "cert-manager.io/inject-ca-from": `${POLICY}/${POLICY}`,
        },
      },
    ),
  };
}
