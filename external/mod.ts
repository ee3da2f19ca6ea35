/**
 * External sources: what happens outside the cluster, as events and as
 * triggers of reconciles.
 *
 * A {@linkcode Poller} is asked what has changed: {@linkcode httpPoller},
 * {@linkcode objectStorePoller}, or your own. Use it in a loop with
 * {@linkcode poll}, in a controller with {@linkcode pollSource}, for several
 * consumers with {@linkcode ExternalWatcher}. Streams become sources with
 * {@linkcode streamSource}.
 *
 * S3, Google Cloud Storage and Azure are in `@koprs/koprs/external/s3`, `/gcs`
 * and `/azure`, so that nobody else downloads their libraries.
 *
 * @example Hear what changes in a store
 * ```ts
 * import { MemoryStore, objectStorePoller, poll } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new MemoryStore();
 * store.put("a.json", "{}");
 * for await (const { type, key } of poll(objectStorePoller(store))) {
 *   assertEquals([type, key], ["added", "a.json"]);
 *   break;
 * }
 * ```
 *
 * @module
 */
export type { ExternalEvent } from "./external_event.ts";
export type { Poller, PollerOptions } from "./poller.ts";
export { PollError, type PollErrorOptions } from "./poll_error.ts";
export type { PollPaceOptions } from "./poll_pace.ts";
export { poll, type PollOptions, type PollOutcome } from "./poll.ts";
export {
  type ExternalMapper,
  pollSource,
  type PollSourceOptions,
} from "./poll_source.ts";
export {
  type OpenStream,
  type OpenStreamOptions,
  type StreamMapper,
  streamSource,
  type StreamSourceOptions,
} from "./stream_source.ts";
export {
  ExternalWatcher,
  type ExternalWatcherOptions,
  type ExternalWatcherSignal,
} from "./external_watcher.ts";
export { httpPoller } from "./http_poller.ts";
export type { HttpPollerOptions } from "./http_poller_options.ts";
export type { HttpDocument } from "./http_document.ts";
export type { HttpTls } from "./http_request.ts";
export type { AddressRulesOptions } from "./address_rules.ts";
export type { LookUpHost } from "./host_addresses.ts";
export {
  anyJsonBody,
  type BodyDecoder,
  bytesBody,
  jsonBody,
  textBody,
} from "./body_decoder.ts";
export type { DocumentSchema, DocumentStandard } from "./document_schema.ts";
export type {
  GetObjectOptions,
  ListObjectsOptions,
  ObjectStore,
  StoredObject,
} from "./object_store.ts";
export {
  objectStorePoller,
  type ObjectStorePollerOptions,
} from "./object_store_poller.ts";
export {
  objectContentPoller,
  type ObjectContentPollerOptions,
  type ObjectWithContent,
} from "./object_content_poller.ts";
export { MemoryStore } from "./memory_store.ts";
export { directoryStore } from "./directory_store.ts";
export { cronSchedule, type CronScheduleOptions } from "./cron_schedule.ts";
export { watchFiles, type WatchFilesOptions } from "./watch_files.ts";
export {
  WebhookReceiver,
  type WebhookReceiverSignal,
} from "./webhook_receiver.ts";
export type {
  WebhookDelivery,
  WebhookReceiverOptions,
} from "./webhook_receiver_options.ts";
export type { WebhookSignature } from "./webhook_signature.ts";
export { nameForKey, type NameForKeyOptions } from "./name_for_key.ts";
