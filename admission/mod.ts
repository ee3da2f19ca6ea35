/**
 * Admission: webhooks that judge, change and convert objects.
 *
 * A handler needs no permission. `WebhookServer` needs `--allow-net` for its
 * address, and `--allow-read` for the files of its certificate;
 * `ManagedCertificate` needs `--allow-net` for the API server instead.
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
