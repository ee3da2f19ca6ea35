import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import { labelValue } from "./label_value.ts";
import { canOwn } from "./owner_reference.ts";

/** Labels and annotations that name an owner. */
export interface OwnerMark {
  /** To select by. */
  readonly labels: Readonly<Record<string, string>>;
  /** To find the owner by; see `ownerFromAnnotation()`. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Options of {@linkcode ownerMark}. */
export interface OwnerMarkOptions {
  /** The domain of the operator, as `"example.io"`. */
  readonly prefix: string;
}

/** Options of {@linkcode isOwnedBy}. */
export interface IsOwnedByOptions {
  /**
   * The domain of the operator, to look for its mark.
   *
   * @default {undefined} The owner references are looked at.
   */
  readonly prefix?: string | undefined;
}

/**
 * Marks an object as owned where an owner reference cannot: in another
 * namespace.
 *
 * - label `<prefix>/owner-uid`: the uid, which `garbageCollect()` selects by
 * - label `<prefix>/owner`: the name for people; shortened, with a hash, when
 *   it is no label value
 * - annotation `<prefix>/owner`: the whole key, which `ownerFromAnnotation()`
 *   reads
 *
 * @example Mark a copy in another namespace
 * ```ts
 * import { isOwnedBy, ownerMark } from "@koprs/koprs/core";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const base = { resourceVersion: "7", creationTimestamp: "2025-01-01T00:00:00Z" };
 * const owner = {
 *   apiVersion: "v1",
 *   kind: "ConfigMap",
 *   metadata: { ...base, name: "app", namespace: "default", uid: "1b2e" },
 * };
 * const mark = ownerMark(owner, { prefix: "example.io" });
 * assertEquals(mark.labels["example.io/owner-uid"], "1b2e");
 * assertEquals(mark.annotations["example.io/owner"], "default/app");
 *
 * const metadata = { ...base, ...mark, name: "copy", namespace: "other", uid: "2c3f" };
 * const copy = { apiVersion: "v1", kind: "ConfigMap", metadata };
 * assert(isOwnedBy(copy, owner, { prefix: "example.io" }));
 * ```
 *
 * @param owner The owner, as it was read.
 * @param options The domain of the operator.
 * @returns The labels and annotations.
 * @throws {TypeError} If the owner has no uid, or the prefix is no domain.
 */
export function ownerMark(
  owner: KubeObject,
  { prefix }: OwnerMarkOptions,
): OwnerMark {
  const { name } = owner.metadata;
  return {
    labels: {
      ...ownerUidLabel(owner, prefix),
      [`${prefix}/owner`]: labelValue(name),
    },
    annotations: { [`${prefix}/owner`]: formatKey(owner.metadata) },
  };
}

/**
 * The label that all objects with the mark of an owner have, and no others.
 *
 * @param owner The owner, as it was read.
 * @param prefix The domain of the operator.
 * @returns The label.
 * @throws {TypeError} If the owner has no uid, or the prefix is no domain.
 */
export function ownerUidLabel(
  owner: KubeObject,
  prefix: string,
): Readonly<Record<string, string>> {
  const uid = ownerUid(owner);
  if (!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(prefix)) {
    throw new TypeError(
      `Cannot tell what "${owner.metadata.name}" owns: prefix ${
        JSON.stringify(prefix)
      } ` +
        `is not a domain such as "example.io"`,
    );
  }
  return { [`${prefix}/owner-uid`]: uid };
}

/**
 * The uid of an owner; without one, everything and nothing would be owned.
 *
 * @param owner The owner, as it was read.
 * @returns The uid.
 * @throws {TypeError} If it has none.
 */
export function ownerUid({ metadata }: KubeObject): string {
  if (metadata.uid) return metadata.uid;
  throw new TypeError(
    `Cannot tell what "${metadata.name}" owns: it has no uid`,
  );
}

/**
 * Whether an object is owned: by a mark if a prefix is given, otherwise by an
 * owner reference.
 *
 * A reference across namespaces counts for nothing, as it does in Kubernetes.
 * An owner that was deleted and made again is another owner.
 *
 * @example Look at the owner references
 * ```ts
 * import { isOwnedBy, ownerReference } from "@koprs/koprs/core";
 * import { assert } from "@std/assert";
 *
 * const base = { resourceVersion: "7", creationTimestamp: "2025-01-01T00:00:00Z" };
 * const owner = {
 *   apiVersion: "v1",
 *   kind: "Node",
 *   metadata: { ...base, name: "node-1", uid: "1b2e" },
 * };
 * const ownerReferences = [ownerReference(owner)];
 * const metadata = { ...base, ownerReferences, name: "a", namespace: "b", uid: "2c3f" };
 * assert(isOwnedBy({ apiVersion: "v1", kind: "Pod", metadata }, owner));
 * ```
 *
 * @param object The object.
 * @param owner The owner, as it was read.
 * @param options The domain of the operator.
 * @returns Whether it is.
 * @throws {TypeError} If the owner has no uid, or the prefix is no domain.
 */
export function isOwnedBy(
  object: KubeObject,
  owner: KubeObject,
  options: IsOwnedByOptions = {},
): boolean {
  const { labels, ownerReferences } = object.metadata;
  const { prefix } = options;
  if (prefix !== undefined) {
    return Object.entries(ownerUidLabel(owner, prefix))
      .every(([label, uid]) => labels?.[label] === uid);
  }
  const uid = ownerUid(owner);
  return canOwn(owner, object.metadata) &&
    (ownerReferences ?? []).some((reference) => reference.uid === uid);
}
