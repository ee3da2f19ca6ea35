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
export { Informer, type InformerOptions } from "./informer.ts";
export {
  type InformerShare,
  type SharedInformerOptions,
  shareInformer,
} from "./shared_informers.ts";
export type { ObservedChange } from "./write_overlay.ts";
export type { ReadonlyStore, StoreListOptions } from "./readonly_store.ts";
export { Store, type StoreChange, type StoreOptions } from "./store.ts";
