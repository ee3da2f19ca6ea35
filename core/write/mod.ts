/**
 * Write: what operators do with verbs.
 *
 * @module
 */
export { ensure, type EnsureOptions, type EnsureResult } from "./ensure.ts";
export { ensureNamespace, type EnsureNamespaceOptions } from "./namespace.ts";
export { NameTakenError } from "./name_taken_error.ts";
export { applySet, type ApplySetOptions, setMember } from "./apply_set.ts";
export type { ApplySetMember, ApplySetResult } from "./set_member.ts";
export { getReplicas, setReplicas } from "./replicas.ts";
export { evict } from "./evict.ts";
export { type SavedFile, saveList, type SaveListOptions } from "./save_list.ts";
export { type MetadataChanges, setAnnotations, setLabels } from "./metadata.ts";
export {
  controllerReference,
  ownerReference,
  type OwnerReferenceOptions,
} from "./owner_reference.ts";
export {
  isOwnedBy,
  type IsOwnedByOptions,
  type OwnerMark,
  ownerMark,
  type OwnerMarkOptions,
} from "./owner_mark.ts";
export {
  addFinalizer,
  type AddFinalizerOptions,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
  type RemoveFinalizerOptions,
} from "./finalizer.ts";
export {
  garbageCollect,
  type GarbageCollectOptions,
  type GarbageFailure,
  type GarbageResult,
  type GarbageTreatment,
} from "./garbage_collect.ts";
export type {
  ChildrenOfOwner,
  GarbageSelection,
  ObjectsWithLabels,
} from "./garbage_selection.ts";
export {
  getCondition,
  type NewCondition,
  setCondition,
  type SetConditionOptions,
} from "./condition.ts";
export {
  EventRecorder,
  type EventRecorderOptions,
  type RecordedEvent,
} from "./event_recorder.ts";
export type { EventDetails } from "./event_object.ts";
