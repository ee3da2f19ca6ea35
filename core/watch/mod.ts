/**
 * Watch: live copies of objects.
 *
 * @module
 */
export {
  reflect,
  type WatchChange,
  type WatchChangeContent,
} from "./reflect.ts";
export {
  reflectBatches,
  type ReflectorEvent,
  type ReflectorOptions,
  type ReflectorState,
} from "./reflector.ts";
export { waitFor, type WaitForOptions } from "./wait_for.ts";
export { waitForAny, type WaitForAnyOptions } from "./wait_for_any.ts";
export type { WaitOptions } from "./first_match.ts";
export {
  type ConditionLike,
  hasCondition,
  isDeleted,
  isReady,
  type ObjectWithConditions,
} from "./wait_conditions.ts";
export { Informer, type InformerOptions } from "./informer.ts";
export {
  type InformerShare,
  type SharedInformerOptions,
  shareInformer,
} from "./shared_informers.ts";
export type { ObservedChange } from "./observed_change.ts";
export type { IndexFunction } from "./store_contents.ts";
export type { Before, Replacement } from "./store_replacement.ts";
export {
  namespacesMatching,
  type NamespaceSource,
} from "./namespace_source.ts";
export type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";
export { Store, type StoreChange, type StoreOptions } from "./store.ts";
