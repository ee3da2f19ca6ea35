import type { CustomResourceConversion } from "../core/kind/crd_manifest.ts";
import type {
  AdmissionWebhook,
  ConversionWebhook,
  MatchCondition,
  WebhookRule,
} from "./webhook.ts";
import {
  clientConfig,
  type WebhookClientConfig,
  type WebhookTarget,
} from "./webhook_target.ts";

/** Options of {@linkcode webhookConfiguration}. */
export interface WebhookConfigurationOptions extends WebhookTarget {
  /** Name of the configurations. */
  readonly name: string;
  /**
   * Namespaces whose objects no webhook is asked about. A webhook that is down
   * must not keep its own Pod, its Lease or the control plane from working.
   *
   * @default `kube-system` and the namespace of the service
   */
  readonly excludeNamespaces?: readonly string[];
  /**
   * Annotations of the configurations, as
   * `{ "cert-manager.io/inject-ca-from": "namespace/certificate" }`.
   *
   * @default {{}}
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A ValidatingWebhookConfiguration or MutatingWebhookConfiguration. */
export type WebhookConfigurationManifest = {
  /** API version of configurations. */
  readonly apiVersion: "admissionregistration.k8s.io/v1";
  /** Which of the two it is. */
  readonly kind:
    | "ValidatingWebhookConfiguration"
    | "MutatingWebhookConfiguration";
  /** Names the configuration. */
  readonly metadata: {
    /** The name. */
    readonly name: string;
    /** Annotations. */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** The webhooks. */
  readonly webhooks: readonly WebhookManifest[];
};

/** One webhook of a {@linkcode WebhookConfigurationManifest}. */
export type WebhookManifest = {
  /** Names the webhook. */
  readonly name: string;
  /** How to reach it. */
  readonly clientConfig: WebhookClientConfig;
  /** What it is asked about. */
  readonly rules: readonly WebhookRule[];
  /** Versions of AdmissionReview it knows. */
  readonly admissionReviewVersions: readonly ["v1"];
  /** What happens when it gives no answer. */
  readonly failurePolicy: "Fail" | "Ignore";
  /** Whether other versions of the resources count, too. */
  readonly matchPolicy: "Equivalent";
  /** Whether it does anything besides answering. */
  readonly sideEffects: "None" | "NoneOnDryRun";
  /** How long the API server waits, in seconds. */
  readonly timeoutSeconds: number;
  /** The namespaces that count. */
  readonly namespaceSelector: {
    /** What their labels say. */
    readonly matchExpressions: readonly {
      /** A label. */
      readonly key: string;
      /** How it is compared. */
      readonly operator: "NotIn";
      /** With what. */
      readonly values: readonly string[];
    }[];
  };
  /** CEL expressions, all of which a request has to match. */
  readonly matchConditions?: readonly MatchCondition[];
};

/**
 * Makes the configurations that tell API servers of webhooks: one for those
 * that judge, one for those that change.
 *
 * @example A configuration for a service
 * ```ts
 * import {
 *   allow,
 *   validatingWebhook,
 *   webhookConfiguration,
 * } from "@koprs/koprs/admission";
 * import { Deployment } from "@koprs/koprs/builtin";
 * import { assertEquals } from "@std/assert";
 *
 * const [configuration] = webhookConfiguration(
 *   [validatingWebhook(Deployment, () => allow())],
 *   { name: "limits", service: { name: "limits", namespace: "limits" } },
 * );
 * assertEquals(configuration?.kind, "ValidatingWebhookConfiguration");
 * assertEquals(configuration?.webhooks[0]?.failurePolicy, "Fail");
 * ```
 *
 * @param webhooks The webhooks.
 * @param options Names, and where the webhooks are.
 * @returns The manifests; none without webhooks.
 * @throws {TypeError} If a webhook would stop the whole cluster when it is
 * down, or it is not clear where the webhooks are.
 */
export function webhookConfiguration(
  webhooks: readonly AdmissionWebhook[],
  options: WebhookConfigurationOptions,
): WebhookConfigurationManifest[] {
  const { name, annotations } = options;
  const kinds = {
    mutating: "MutatingWebhookConfiguration",
    validating: "ValidatingWebhookConfiguration",
  } as const;
  return (["mutating", "validating"] as const).flatMap((type) => {
    const own = webhooks.filter((webhook) => webhook.type === type);
    if (own.length === 0) return [];
    return [{
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: kinds[type],
      metadata: { name, ...annotations === undefined ? {} : { annotations } },
      webhooks: own.map((webhook) => manifestOf(webhook, options)),
    }];
  });
}

/**
 * Says in a CRD that a webhook converts; {@linkcode customResourceDefinition}
 * takes it.
 *
 * @example The CRD of two versions
 * ```ts
 * import { conversionWebhook, webhookConversion } from "@koprs/koprs/admission";
 * import { defineKind } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const Greeting = defineKind({
 *   group: "example.io",
 *   version: "v1",
 *   kind: "Greeting",
 *   plural: "greetings",
 *   scope: "Namespaced",
 *   spec: z.object({}),
 * });
 * const webhook = conversionWebhook(Greeting, { versions: {} });
 * const { strategy } = webhookConversion(webhook, {
 *   service: { name: "greetings", namespace: "greetings" },
 * });
 * assertEquals(strategy, "Webhook");
 * ```
 *
 * @param webhook The webhook.
 * @param target Where it is.
 * @returns The conversion.
 * @throws {TypeError} If it is not clear where the webhook is.
 */
export function webhookConversion(
  webhook: ConversionWebhook,
  target: WebhookTarget,
): CustomResourceConversion {
  return {
    strategy: "Webhook",
    webhook: {
      clientConfig: clientConfig(webhook.path, target),
      conversionReviewVersions: ["v1"],
    },
  };
}

function manifestOf(
  webhook: AdmissionWebhook,
  options: WebhookConfigurationOptions,
): WebhookManifest {
  checkReach(webhook);
  const { name, path, rules, failurePolicy, sideEffects } = webhook;
  const { matchConditions, timeout } = webhook;
  const { service } = options;
  const values = options.excludeNamespaces ??
    ["kube-system", ...service === undefined ? [] : [service.namespace]];
  const key = "kubernetes.io/metadata.name";
  return {
    name,
    clientConfig: clientConfig(path, options),
    rules,
    admissionReviewVersions: ["v1"],
    failurePolicy,
    matchPolicy: "Equivalent",
    sideEffects,
    timeoutSeconds: timeout / 1_000,
    namespaceSelector: {
      matchExpressions: values.length === 0
        ? []
        : [{ key, operator: "NotIn", values }],
    },
    ...matchConditions.length === 0 ? {} : { matchConditions },
  };
}

/** While such a webhook is down, nothing could be done to bring it back. */
function checkReach({ name, rules, failurePolicy }: AdmissionWebhook): void {
  const isAll = rules.some(({ apiGroups, resources }) =>
    apiGroups.includes("*") &&
    (resources.includes("*") || resources.includes("*/*"))
  );
  if (!isAll || failurePolicy === "Ignore") return;
  throw new TypeError(
    `Cannot configure webhook "${name}" for all resources with failurePolicy ` +
      'Fail: set rules, or failurePolicy "Ignore"',
  );
}
