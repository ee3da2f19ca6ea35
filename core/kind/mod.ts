/**
 * Kinds: what an object is, and its schema.
 *
 * @module
 */
export type { ClusterKey, NamespacedKey, ObjectKey, Scope } from "./scope.ts";
export { formatKey, parseKey } from "./key.ts";
export type {
  Condition,
  KubeObject,
  ObjectMeta,
  OwnerReference,
  ServerMeta,
  WrittenMeta,
} from "./object.ts";
export { Eviction, Scale, type Subresource } from "./subresource.ts";
export { type Kind, kindId, type ObjectOf } from "./kind.ts";
export type {
  Immutable,
  JsonObject,
  JsonValue,
  Wire,
  WireMember,
  WireValue,
} from "./wire.ts";
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
} from "./configuration.ts";
export {
  fromJsonSchema,
  type JsonSchemaOptions,
  type Schema,
  type SchemaIssue,
  type SchemaResult,
  type StandardSchema,
} from "./schema.ts";
export { SchemaError, type SchemaErrorOptions } from "./schema_error.ts";
export { defineKind } from "./define_kind.ts";
export type {
  CustomKind,
  CustomKindOptions,
  KindDefinition,
  PrinterColumn,
  ScalePaths,
} from "./custom_kind.ts";
export type {
  CustomObject,
  CustomStatus,
  NoStatus,
  StandardStatus,
} from "./custom_object.ts";
export type {
  ConversionClientConfig,
  CustomResourceConversion,
  CustomResourceDefinitionManifest,
  CustomResourceDefinitionSpec,
  CustomResourceNames,
  CustomResourceVersion,
} from "./crd_manifest.ts";
export {
  customResourceDefinition,
  type CustomResourceDefinitionOptions,
} from "./custom_resource_definition.ts";
export { jsonEqual } from "./json_equal.ts";
