/**
 * Admission: webhooks that judge, change and convert objects.
 *
 * A handler needs no permission. `WebhookServer` needs `--allow-net` for its
 * address, and `--allow-read` for the files of its certificate;
 * `ManagedCertificate` needs `--allow-net` for the API server instead.
 *
 * @example Judge objects, on the embedded API server
 * ```ts
 * import {
 *   admissionHandler,
 *   deny,
 *   validatingWebhook,
 *   webhookConfiguration,
 * } from "@koprs/koprs/admission";
 * import {
 *   ConfigMap,
 *   ValidatingWebhookConfiguration,
 * } from "@koprs/koprs/builtin";
 * import { Client } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertRejects } from "@std/assert";
 *
 * const webhooks = [validatingWebhook(ConfigMap, () => deny("never"))];
 * const url = "https://policy.test";
 * await using server = new FakeApiServer({
 *   webhooks: { [url]: admissionHandler(webhooks) },
 * });
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configurations = client.resource(ValidatingWebhookConfiguration);
 * for (const manifest of webhookConfiguration(webhooks, { name: "no", url })) {
 *   await configurations.apply(manifest);
 * }
 * const metadata = { name: "app", namespace: "default" };
 * await assertRejects(
 *   () => client.resource(ConfigMap).create({ metadata }),
 *   Error,
 *   "denied the request: never",
 * );
 * ```
 *
 * @module
 */
export {
  type AdmissionHandler,
  admissionHandler,
  type AdmissionHandlerOptions,
} from "./admission_handler.ts";
export type {
  AdmissionObjects,
  AdmissionRequest,
  AdmissionRequestFields,
  AdmissionUser,
  GroupVersionKind,
  GroupVersionResource,
  Operation,
  SetByServer,
  Submitted,
  SubmittedMeta,
} from "./admission_request.ts";
export { anyKind, type AnyObject } from "./any_kind.ts";
export {
  certificateFiles,
  type CertificateFilesOptions,
} from "./certificate_files.ts";
export type { CertificatePair, CertificateSource } from "./certificate_pair.ts";
export {
  conversionWebhook,
  type ConversionWebhookOptions,
  type Converted,
  type VersionConversion,
} from "./conversion_webhook.ts";
export {
  allow,
  type Allowed,
  type AllowOptions,
  type Decision,
  type DenialCause,
  type DenialStatus,
  type Denied,
  deny,
  type DenyOptions,
} from "./decision.ts";
export type { InjectionTarget } from "./ca_injection.ts";
export {
  ManagedCertificate,
  type ManagedCertificateOptions,
} from "./managed_certificate.ts";
export {
  type Changed,
  type MutatingHandler,
  mutatingWebhook,
  type Mutation,
} from "./mutating_webhook.ts";
export {
  type ObjectWithSpec,
  type SpecValidator,
  specValidator,
} from "./spec_validation.ts";
export {
  type ValidatingHandler,
  validatingWebhook,
} from "./validating_webhook.ts";
export type {
  AdmissionWebhook,
  AdmissionWebhookOptions,
  ConversionWebhook,
  MatchCondition,
  ReviewContext,
  ReviewReply,
  Webhook,
  WebhookRule,
} from "./webhook.ts";
export { WebhookServer, type WebhookServerOptions } from "./webhook_server.ts";
export {
  webhookConfiguration,
  type WebhookConfigurationManifest,
  type WebhookConfigurationOptions,
  webhookConversion,
  type WebhookManifest,
} from "./webhook_configuration.ts";
export type {
  WebhookClientConfig,
  WebhookService,
  WebhookTarget,
} from "./webhook_target.ts";
