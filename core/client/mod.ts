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
export { SubresourceClient } from "./subresource_client.ts";
export { listKeys } from "./list_keys.ts";
export {
  type RestClient,
  restClient,
  type RestJson,
  type RestRequest,
} from "./rest_client.ts";
export type { ChannelId, RestTunnel } from "./rest_tunnel.ts";
export type {
  InformedReader,
  Page,
  ResourceReader,
  WatchEvent,
} from "./resource_reader.ts";
export type {
  ApplyOptions,
  DeleteCollectionOptions,
  DeleteManyOptions,
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
export { SharedStrings } from "./shared_strings.ts";
export type { Writer } from "./writer.ts";
export type {
  ApiRequest,
  ApiResponse,
  SocketRequest,
  Transport,
  TransportOptions,
} from "./transport.ts";
export type { PodResource, PodStreamOptions } from "./pod_resource.ts";
export { podLogBytes, type PodLogOptions, podLogs } from "./pod_logs.ts";
export {
  attachToPod,
  execInPod,
  type PodAttachOptions,
  type PodExecOptions,
} from "./pod_exec.ts";
export type { PodProcess, TerminalSize } from "./pod_process.ts";
export type { ExitStatus } from "./exit_status.ts";
export {
  type PodOutput,
  runInPod,
  type RunInPodOptions,
} from "./run_in_pod.ts";
export {
  connectToPod,
  type PodConnection,
  type PodConnectionOptions,
} from "./pod_connection.ts";
export {
  type PortForward,
  portForward,
  type PortForwardOptions,
} from "./port_forward.ts";
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
  isDisruptionBlocked,
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
export type { Socket } from "./web_socket.ts";
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
export { withFence } from "./write_fence.ts";
