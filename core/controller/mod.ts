/**
 * Controller: objects that are reconciled.
 *
 * @module
 */
export { Controller } from "./controller.ts";
export type { ControllerOptions } from "./controller_options.ts";
export type {
  ReconcileContext,
  Reconciler,
  ReconcileResult,
} from "./reconciler.ts";
export { withFinalizer, type WithFinalizerOptions } from "./with_finalizer.ts";
export { TerminalError } from "./terminal_error.ts";
export {
  type EnqueueOptions,
  type Source,
  type SourceContext,
  type StartedSource,
  watches,
  type WatchesOptions,
} from "./source.ts";
export {
  always,
  type Mapper,
  ownerFromAnnotation,
  ownerFromLabel,
  type OwnerFromLabelOptions,
  ownersOf,
} from "./mapping.ts";
export {
  allOf,
  anyOf,
  generationChanged,
  not,
  type ObjectChange,
  type Predicate,
  resourceVersionChanged,
  specOrMetadataChanged,
} from "./predicate.ts";
export { KeyedBackoff, type KeyedBackoffOptions } from "./rate_limiter.ts";
export {
  type AddOptions,
  type TakeOptions,
  WorkQueue,
  type WorkQueueOptions,
} from "./work_queue.ts";
