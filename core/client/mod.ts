/**
 * Client: the verbs of the Kubernetes API.
 *
 * @module
 */
export { loadConfig, type LoadConfigOptions } from "./load_config.ts";
export type {
  ClientCertificate,
  ClientConfig,
  Credentials,
  CredentialsOptions,
  Impersonation,
  TlsConfig,
} from "./config.ts";
export { ConfigError } from "./config_error.ts";
export { Client, type ClientOptions } from "./client.ts";
export { ResourceClient } from "./resource_client.ts";
export { ResourceView } from "./resource_view.ts";
export type {
  InformedReader,
  Page,
  ResourceReader,
  WatchEvent,
} from "./resource_reader.ts";
export type {
  ApplyOptions,
  DeleteOptions,
  ListFilter,
  ListOptions,
  PageOptions,
  PatchOptions,
  RequestOptions,
  WatchOptions,
  WriteOptions,
} from "./request_options.ts";
export type { Exchange, Written } from "./exchange.ts";
export type { CacheQuery, ObjectCache, WriteResult } from "./object_cache.ts";
export { CacheRegistry } from "./cache_registry.ts";
export type { Writer } from "./writer.ts";
export type {
  ApiRequest,
  ApiResponse,
  Transport,
  TransportOptions,
} from "./transport.ts";
export {
  type JsonPatch,
  jsonPatch,
  type JsonPatchOperation,
  type MergePatch,
  mergePatch,
  type Patch,
  type StrategicMergePatch,
  strategicMergePatch,
} from "./patch.ts";
export { type LabelRequirements, labelSelector } from "./selector.ts";
export {
  ApiError,
  type ApiErrorOptions,
  isAlreadyExists,
  isApplyConflict,
  isConflict,
  isExpired,
  isForbidden,
  isInvalid,
  isNamespaceTerminating,
  isNotFound,
  isTimeout,
  isTooManyRequests,
  isUnauthorized,
} from "./api_error.ts";
export type {
  ApplyConflict,
  StatusCause,
  StatusDetails,
} from "./status_details.ts";
export {
  ConnectionError,
  type ConnectionErrorKind,
  type ConnectionErrorOptions,
} from "./connection_error.ts";
export type { Fetch, HttpRequest, SentRequest } from "./http_request.ts";
export type { Query } from "./request_url.ts";
export type { Lane } from "./http_clients.ts";
export {
  type KubeconfigOptions,
  loadKubeconfig,
  parseKubeconfig,
} from "./kubeconfig.ts";
export { type InClusterOptions, loadInCluster } from "./in_cluster.ts";
export {
  basicAuth,
  bearerToken,
  tokenFile,
  type TokenFileOptions,
} from "./credentials.ts";
