import { webhookLimits } from "../../cel/cel_limits.ts";
import { equalJson, isObject } from "../../merge/json_value.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  clientConfigErrors,
  reviewVersionErrors,
} from "../../validation/client_config_validation.ts";
import {
  duplicate,
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "../../validation/field_error.ts";
import { labelSelectorErrors } from "../../validation/label_selector_validation.ts";
import { matchRuleErrors } from "../../validation/match_rule_validation.ts";
import { subdomainErrors } from "../../validation/qualified_name.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inEach, inField } from "./defaulted.ts";

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  failurePolicy: ["Fail", "Ignore"],
  matchPolicy: ["Equivalent", "Exact"],
  sideEffects: ["None", "NoneOnDryRun"],
  reinvocationPolicy: ["IfNeeded", "Never"],
};

/** Webhook configurations: `pkg/apis/admissionregistration` of Kubernetes. */
export const VALIDATING_WEBHOOK_CONFIGURATION: NativeTraits = {
  updatesUnconditionally: false,
  prepareForCreate: (object) => withMetadata(object, { generation: 1 }),
  prepareForUpdate({ live, next }) {
    const { generation = 0 } = metadataOf(live);
    const isChanged = !equalJson(live.webhooks, next.webhooks);
    return withMetadata(next, {
      generation: isChanged ? generation + 1 : generation,
    });
  },
  setDefaults: (object) => inEach(object, "webhooks", defaulted),
  validate,
  limits: webhookLimits,
};

/** Configurations of webhooks that change objects. */
export const MUTATING_WEBHOOK_CONFIGURATION: NativeTraits = {
  ...VALIDATING_WEBHOOK_CONFIGURATION,
  setDefaults: (object) =>
    inEach(
      object,
      "webhooks",
      (webhook) => filled(defaulted(webhook), { reinvocationPolicy: "Never" }),
    ),
};

function defaulted(webhook: JsonObject): JsonObject {
  const placed = inField(
    webhook,
    "clientConfig",
    (config) =>
      inField(config, "service", (service) => filled(service, { port: 443 })),
  );
  const scoped = inEach(
    placed,
    "rules",
    (rule) => filled(rule, { scope: "*" }),
  );
  return filled(scoped, {
    failurePolicy: "Fail",
    matchPolicy: "Equivalent",
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
  });
}

function validate({ webhooks }: JsonObject): FieldError[] {
  const seen = new Set<string>();
  return (Array.isArray(webhooks) ? webhooks : []).flatMap((webhook, index) => {
    if (!isObject(webhook)) return [];
    const field = `webhooks[${index}]`;
    const name = String(webhook.name ?? "");
    const isTwice = name !== "" && seen.has(name);
    seen.add(name);
    return [
      ...webhookErrors(webhook, field),
      ...reviewVersionErrors(listOf(webhook.admissionReviewVersions), {
        field: `${field}.admissionReviewVersions`,
        hint: "must specify one of v1, v1beta1",
      }),
      ...isTwice ? [duplicate(`${field}.name`, name)] : [],
    ];
  });
}

function webhookErrors(webhook: JsonObject, field: string): FieldError[] {
  const { sideEffects, timeoutSeconds, clientConfig } = webhook;
  const choice = (name: string): FieldError[] => {
    const value = webhook[name];
    const supported = CHOICES[name] ?? [];
    return value === undefined || supported.includes(String(value))
      ? []
      : [notSupported(`${field}.${name}`, value, supported)];
  };
  const selector = (name: string) => {
    const value = webhook[name];
    const at = `${field}.${name}`;
    return isObject(value) ? labelSelectorErrors(value, at) : [];
  };
  const seconds = Number(timeoutSeconds);
  return [
    ...nameErrors(String(webhook.name ?? ""), `${field}.name`),
    ...listOf(webhook.rules).flatMap((rule, index) =>
      isObject(rule) ? matchRuleErrors(rule, `${field}.rules[${index}]`) : []
    ),
    ...choice("failurePolicy"),
    ...choice("matchPolicy"),
    ...sideEffects === undefined || sideEffects === null
      ? [
        required(
          `${field}.sideEffects`,
          "must specify one of None, NoneOnDryRun",
        ),
      ]
      : choice("sideEffects"),
    ...seconds < 1 || seconds > 30
      ? [
        invalidValue(
          `${field}.timeoutSeconds`,
          timeoutSeconds,
          "the timeout value must be between 1 and 30 seconds",
        ),
      ]
      : [],
    ...selector("namespaceSelector"),
    ...selector("objectSelector"),
    ...choice("reinvocationPolicy"),
    ...clientConfigErrors(
      isObject(clientConfig) ? clientConfig : {},
      `${field}.clientConfig`,
    ),
  ];
}

function nameErrors(name: string, field: string): FieldError[] {
  if (name === "") return [required(field)];
  const [why] = subdomainErrors(name);
  if (why !== undefined) return [invalidValue(field, name, why)];
  if (name.split(".").length >= 3) return [];
  return [
    invalidValue(
      field,
      name,
      "should be a domain with at least three segments separated by dots",
    ),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
