/**
 * The core of koprs: kinds, a client of the Kubernetes API, informers,
 * controllers, and what a program needs to run them.
 *
 * @example An operator, and its test
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, Controller, start, waitFor } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "stamper" });
 * const configMaps = client.resource(ConfigMap);
 *
 * const controller = new Controller(configMaps, async ({ metadata }) => {
 *   const { name, namespace } = metadata;
 *   await configMaps.apply({
 *     metadata: { name, namespace, labels: { stamped: "yes" } },
 *   });
 * });
 * await using _running = start(controller);
 *
 * const key = { name: "app", namespace: "default" };
 * await configMaps.create({ metadata: key });
 * const stamped = await waitFor(configMaps, key, {
 *   condition: (configMap) => configMap?.metadata.labels?.stamped === "yes",
 *   timeout: 5_000,
 * });
 * assertEquals(stamped?.metadata.name, "app");
 * ```
 *
 * @module
 */

// Kinds: what an object is.
export type {
  ClusterKey,
  NamespacedKey,
  ObjectKey,
  Scope,
} from "./kind/scope.ts";
export { formatKey, parseKey } from "./kind/key.ts";
export type {
  Condition,
  KubeObject,
  ObjectMeta,
  OwnerReference,
  ServerMeta,
  WrittenMeta,
} from "./kind/object.ts";
export { type Kind, kindId, type ObjectOf } from "./kind/kind.ts";
export type {
  Immutable,
  JsonObject,
  JsonValue,
  Wire,
  WireMember,
  WireValue,
} from "./kind/wire.ts";
export type {
  ApplyConfiguration,
  Configuration,
  ConfiguredMeta,
  DeepPartial,
  Manifest,
  PartialValue,
  ServerOwned,
  StatusConfiguration,
  StatusOf,
} from "./kind/configuration.ts";
export {
  fromJsonSchema,
  type JsonSchemaOptions,
  type Schema,
  type SchemaIssue,
  type SchemaResult,
  type StandardSchema,
} from "./kind/schema.ts";
export { SchemaError, type SchemaErrorOptions } from "./kind/schema_error.ts";
export { defineKind } from "./kind/define_kind.ts";
export type {
  CustomKind,
  CustomKindOptions,
  KindDefinition,
  PrinterColumn,
  ScalePaths,
} from "./kind/custom_kind.ts";
export type {
  CustomObject,
  CustomStatus,
  NoStatus,
  StandardStatus,
} from "./kind/custom_object.ts";
export type {
  ConversionClientConfig,
  CustomResourceConversion,
  CustomResourceDefinitionManifest,
  CustomResourceDefinitionSpec,
  CustomResourceNames,
  CustomResourceVersion,
} from "./kind/crd_manifest.ts";
export {
  customResourceDefinition,
  type CustomResourceDefinitionOptions,
} from "./kind/custom_resource_definition.ts";

// Client: the verbs of the API.
export { loadConfig, type LoadConfigOptions } from "./client/load_config.ts";
export type {
  ClientCertificate,
  ClientConfig,
  Credentials,
  CredentialsOptions,
  Impersonation,
  TlsConfig,
} from "./client/config.ts";
export { ConfigError } from "./client/config_error.ts";
export { Client, type ClientOptions } from "./client/client.ts";
export { ResourceClient } from "./client/resource_client.ts";
export { ResourceView } from "./client/resource_view.ts";
export type {
  InformedReader,
  Page,
  ResourceReader,
  WatchEvent,
} from "./client/resource_reader.ts";
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
} from "./client/request_options.ts";
export type { Exchange, Written } from "./client/exchange.ts";
export type {
  CacheQuery,
  ObjectCache,
  WriteResult,
} from "./client/object_cache.ts";
export { CacheRegistry } from "./client/cache_registry.ts";
export type { Writer } from "./client/writer.ts";
export type {
  ApiRequest,
  ApiResponse,
  Transport,
  TransportOptions,
} from "./client/transport.ts";
export {
  type JsonPatch,
  jsonPatch,
  type JsonPatchOperation,
  type MergePatch,
  mergePatch,
  type Patch,
  type StrategicMergePatch,
  strategicMergePatch,
} from "./client/patch.ts";
export { labelSelector } from "./client/selector.ts";
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
} from "./client/api_error.ts";
export type {
  ApplyConflict,
  StatusCause,
  StatusDetails,
} from "./client/status_details.ts";
export {
  ConnectionError,
  type ConnectionErrorKind,
  type ConnectionErrorOptions,
} from "./client/connection_error.ts";

// Watch: live copies of objects.
export { reflect, type WatchChange } from "./watch/reflect.ts";
export {
  reflectBatches,
  type ReflectorEvent,
  type ReflectorOptions,
  type ReflectorState,
} from "./watch/reflector.ts";
export { waitFor, type WaitForOptions } from "./watch/wait_for.ts";
export { Informer, type InformerOptions } from "./watch/informer.ts";
export {
  type InformerShare,
  type SharedInformerOptions,
  shareInformer,
} from "./watch/shared_informers.ts";
export type { ObservedChange } from "./watch/write_overlay.ts";
export type {
  ReadonlyStore,
  StoreListOptions,
} from "./watch/readonly_store.ts";
export { Store, type StoreChange, type StoreOptions } from "./watch/store.ts";

// Write: what operators do with verbs.
export {
  ensure,
  type EnsureOptions,
  type EnsureResult,
} from "./write/ensure.ts";
export {
  ensureNamespace,
  type EnsureNamespaceOptions,
} from "./write/namespace.ts";
export { NameTakenError } from "./write/name_taken_error.ts";
export {
  type MetadataChanges,
  setAnnotations,
  setLabels,
} from "./write/metadata.ts";
export {
  controllerReference,
  ownerReference,
  type OwnerReferenceOptions,
} from "./write/owner_reference.ts";
export {
  isOwnedBy,
  type IsOwnedByOptions,
  type OwnerMark,
  ownerMark,
  type OwnerMarkOptions,
} from "./write/owner_mark.ts";
export {
  addFinalizer,
  type AddFinalizerOptions,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
  type RemoveFinalizerOptions,
} from "./write/finalizer.ts";
export {
  garbageCollect,
  type GarbageCollectOptions,
  type GarbageFailure,
  type GarbageResult,
  type GarbageTreatment,
} from "./write/garbage_collect.ts";
export type {
  ChildrenOfOwner,
  GarbageSelection,
  ObjectsWithLabels,
} from "./write/garbage_selection.ts";
export {
  getCondition,
  type NewCondition,
  setCondition,
  type SetConditionOptions,
} from "./write/condition.ts";
export {
  EventRecorder,
  type EventRecorderOptions,
  type RecordedEvent,
} from "./write/event_recorder.ts";
export type { EventDetails } from "./write/event_object.ts";

// Controller: objects that are reconciled.
export { Controller } from "./controller/controller.ts";
export type { ControllerOptions } from "./controller/controller_options.ts";
export type {
  ReconcileContext,
  Reconciler,
  ReconcileResult,
} from "./controller/reconciler.ts";
export {
  withFinalizer,
  type WithFinalizerOptions,
} from "./controller/with_finalizer.ts";
export { TerminalError } from "./controller/terminal_error.ts";
export {
  type EnqueueOptions,
  type Source,
  type SourceContext,
  type StartedSource,
  watches,
  type WatchesOptions,
} from "./controller/source.ts";
export {
  always,
  type Mapper,
  ownerFromAnnotation,
  ownerFromLabel,
  type OwnerFromLabelOptions,
  ownersOf,
} from "./controller/mapping.ts";
export {
  allOf,
  anyOf,
  generationChanged,
  not,
  type ObjectChange,
  type Predicate,
  resourceVersionChanged,
  specOrMetadataChanged,
} from "./controller/predicate.ts";
export {
  KeyedBackoff,
  type KeyedBackoffOptions,
} from "./controller/rate_limiter.ts";
export {
  type AddOptions,
  type TakeOptions,
  WorkQueue,
  type WorkQueueOptions,
} from "./controller/work_queue.ts";

// Run: a program.
export { run } from "./run/run.ts";
export type {
  LeaderElectionOptions,
  RunOptions,
  RunResult,
} from "./run/run_options.ts";
export type { Runnable, RunnableOptions } from "./run/runnable.ts";
export { start, type Started } from "./run/start.ts";
export { type AcquireOptions, LeaderElector } from "./run/leader_elector.ts";
export {
  type LeaderElectorOptions,
  type LeaseTimes,
  leaseTimes,
} from "./run/leader_elector_options.ts";
export { NotLeaderError } from "./run/not_leader_error.ts";
export type { ProbeOptions } from "./run/probes.ts";
export type { MetricsOptions } from "./run/metrics_routes.ts";

// Telemetry and timing.
export {
  configureLogging,
  getLogger,
  type Logger,
  type LoggingOptions,
  type LogLevel,
} from "./telemetry/logger.ts";
export {
  type KoprsMetrics,
  metricsFor,
  type MetricsRegistry,
} from "./telemetry/metrics.ts";
export { type Span, type SpanOptions, withSpan } from "./telemetry/tracing.ts";
export { type Clock, systemClock } from "./timing/clock.ts";
export { sleep, type SleepOptions } from "./timing/sleep.ts";
export { backoffDelay, type BackoffOptions } from "./timing/backoff.ts";
export { TimeoutError } from "./timing/timeout_error.ts";
