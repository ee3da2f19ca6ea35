import { jsonEqual } from "../kind/json_equal.ts";
import type { KubeObject } from "../kind/object.ts";

/**
 * A change of an object in a store.
 *
 * @typeParam T The object type.
 */
export interface ObjectChange<T> {
  /** What happened. */
  readonly type: "added" | "modified" | "deleted";
  /** The object as it is, or as it was last seen when it is deleted. */
  readonly object: T;
  /** The object before a modification. */
  readonly old: T | undefined;
}

/**
 * Whether a change is a reason to reconcile.
 *
 * @typeParam T The object type.
 */
export type Predicate<T> = (change: ObjectChange<T>) => boolean;

/**
 * Passes every change of an object, but not the repetition of a known version.
 *
 * @example Pass a change of the status, too
 * ```ts
 * import { resourceVersionChanged } from "@koprs/koprs/core";
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { assert } from "@std/assert";
 *
 * const { apiVersion, kind } = ConfigMap;
 * const at = (resourceVersion: string) => ({
 *   apiVersion,
 *   kind,
 *   metadata: { name: "a", uid: "1", resourceVersion, creationTimestamp: "" },
 * });
 * const type = "modified";
 * assert(resourceVersionChanged({ type, object: at("2"), old: at("1") }));
 * assert(!resourceVersionChanged({ type, object: at("1"), old: at("1") }));
 * ```
 *
 * @param change The change.
 * @returns Whether it passes.
 */
export function resourceVersionChanged(
  change: ObjectChange<KubeObject>,
): boolean {
  return passes(
    change,
    (object, old) =>
      object.metadata.resourceVersion !== old.metadata.resourceVersion,
  );
}

/**
 * Passes changes of the spec only, as counted by `metadata.generation`.
 *
 * Kinds without a generation, such as ConfigMap, pass when anything changed
 * besides their metadata.
 *
 * @example Ignore labels
 * ```ts
 * import { generationChanged } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const base = { name: "a", uid: "1", creationTimestamp: "", generation: 1 };
 * const object = {
 *   apiVersion: "example.io/v1",
 *   kind: "Greeting",
 *   metadata: { ...base, resourceVersion: "2", labels: { a: "b" } },
 * };
 * const old = { ...object, metadata: { ...base, resourceVersion: "1" } };
 * assert(!generationChanged({ type: "modified", object, old }));
 * ```
 *
 * @param change The change.
 * @returns Whether it passes.
 */
export function generationChanged(change: ObjectChange<KubeObject>): boolean {
  return passes(change, hasOtherContent);
}

/**
 * Passes changes of the spec, and of metadata that people and tools write.
 *
 * The default for the primary kind: a status that the operator writes itself
 * is no reason to reconcile. Looks at generation, labels, annotations,
 * finalizers, owner references and deletionTimestamp; for kinds without a
 * generation, at everything but resourceVersion and managedFields.
 *
 * @example Ignore the status
 * ```ts
 * import { specOrMetadataChanged } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const base = { name: "a", uid: "1", creationTimestamp: "", generation: 1 };
 * const old = {
 *   apiVersion: "example.io/v1",
 *   kind: "Greeting",
 *   metadata: { ...base, resourceVersion: "1" },
 *   status: { ready: false },
 * };
 * const metadata = { ...base, resourceVersion: "2" };
 * const ready = { ...old, metadata, status: { ready: true } };
 * assert(!specOrMetadataChanged({ type: "modified", object: ready, old }));
 *
 * const labelled = { ...old, metadata: { ...metadata, labels: { a: "b" } } };
 * assert(specOrMetadataChanged({ type: "modified", object: labelled, old }));
 * ```
 *
 * @param change The change.
 * @returns Whether it passes.
 */
export function specOrMetadataChanged(
  change: ObjectChange<KubeObject>,
): boolean {
  return passes(
    change,
    (object, old) =>
      !jsonEqual(writtenMetadata(object), writtenMetadata(old)) ||
      hasOtherContent(object, old),
  );
}

/**
 * Passes a change that one of several predicates passes.
 *
 * @example React to the spec, and to the end of the object
 * ```ts
 * import { anyOf, generationChanged } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const predicate = anyOf(generationChanged, ({ type }) => type === "deleted");
 * const metadata = { name: "a", uid: "1", resourceVersion: "1", creationTimestamp: "" };
 * const object = { apiVersion: "v1", kind: "ConfigMap", metadata };
 * assert(predicate({ type: "deleted", object, old: undefined }));
 * ```
 *
 * @typeParam T The object type.
 * @param predicates The predicates; none pass nothing.
 * @returns The predicate.
 */
export function anyOf<T>(...predicates: readonly Predicate<T>[]): Predicate<T> {
  return (change) => predicates.some((predicate) => predicate(change));
}

/**
 * Passes a change that each of several predicates passes.
 *
 * @example React to the spec of some objects
 * ```ts
 * import { allOf, generationChanged } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const predicate = allOf(
 *   generationChanged,
 *   ({ object }) => object.metadata.labels?.["example.io/pause"] === undefined,
 * );
 * const metadata = { name: "a", uid: "1", resourceVersion: "1", creationTimestamp: "" };
 * const object = { apiVersion: "v1", kind: "ConfigMap", metadata };
 * assert(predicate({ type: "added", object, old: undefined }));
 * ```
 *
 * @typeParam T The object type.
 * @param predicates The predicates; none pass everything.
 * @returns The predicate.
 */
export function allOf<T>(...predicates: readonly Predicate<T>[]): Predicate<T> {
  return (change) => predicates.every((predicate) => predicate(change));
}

/**
 * Passes what another predicate does not.
 *
 * @example Ignore deletions
 * ```ts
 * import { not } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const predicate = not<string>(({ type }) => type === "deleted");
 * assert(predicate({ type: "added", object: "a", old: undefined }));
 * ```
 *
 * @typeParam T The object type.
 * @param predicate The other predicate.
 * @returns The predicate.
 */
export function not<T>(predicate: Predicate<T>): Predicate<T> {
  return (change) => !predicate(change);
}

/** Judges a modification; every other change, also of identity, passes. */
function passes(
  { type, object, old }: ObjectChange<KubeObject>,
  differs: (object: KubeObject, old: KubeObject) => boolean,
): boolean {
  return type !== "modified" || old === undefined ||
    old.metadata.uid !== object.metadata.uid ||
    differs(object, old);
}

function hasOtherContent(object: KubeObject, old: KubeObject): boolean {
  const { generation } = object.metadata;
  if (generation !== undefined) return generation !== old.metadata.generation;
  return !jsonEqual(
    { ...object, metadata: undefined },
    { ...old, metadata: undefined },
  );
}

function writtenMetadata({ metadata }: KubeObject): unknown {
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const { deletionTimestamp } = metadata;
  return {
    labels,
    annotations,
    finalizers,
    ownerReferences,
    deletionTimestamp,
  };
}
