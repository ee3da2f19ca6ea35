import { webhookConfiguration } from "@koprs/koprs/admission";
import { policy } from "./admission_policy/policy.ts";
import { ConfigMapSync } from "./configmapsync/kind.ts";
import { FlagSet } from "./external_flags/kind.ts";
import { SecretSync } from "./multicontroller/secret_sync.ts";
import { ServiceAccountSync } from "./multicontroller/service_account_sync.ts";

/** The objects in manifests that are generated, by path below `examples/`. */
export const GENERATED: Readonly<Record<string, readonly object[]>> = {
  "configmapsync/manifests/crd.yaml": [ConfigMapSync.manifest],
  "multicontroller/manifests/crd.yaml": [
    SecretSync.manifest,
    ServiceAccountSync.manifest,
  ],
  "external_flags/manifests/crd.yaml": [FlagSet.manifest],
  "admission_policy/manifests/configuration.yaml": webhookConfiguration(
    policy,
    {
      name: "admission-policy",
      service: { name: "admission-policy", namespace: "admission-policy" },
      annotations: {
        "cert-manager.io/inject-ca-from": "admission-policy/admission-policy",
      },
    },
  ),
};
