import { formatKey } from "../kind/key.ts";
import type { KubeObject, OwnerReference } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";

/** Options of {@linkcode ownerReference} and {@linkcode controllerReference}. */
export interface OwnerReferenceOptions {
  /**
   * The object that will carry the reference, to check that it may.
   *
   * @default {undefined} It is not checked.
   */
  readonly child?: ObjectKey | undefined;
}

/**
 * Points to an owner: Kubernetes deletes the object when all owners are gone.
 *
 * The owner must be cluster-scoped or in the namespace of the object, or the
 * object is deleted at once. For other namespaces there is `ownerMark()`.
 *
 * @example Own an object besides others
 * ```ts
 * import { ownerReference } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const owner = {
 *   apiVersion: "v1",
 *   kind: "ConfigMap",
 *   metadata: {
 *     name: "app",
 *     namespace: "default",
 *     uid: "1b2e",
 *     resourceVersion: "7",
 *     creationTimestamp: "2025-01-01T00:00:00Z",
 *   },
 * };
 * assertEquals(ownerReference(owner), {
 *   apiVersion: "v1",
 *   kind: "ConfigMap",
 *   name: "app",
 *   uid: "1b2e",
 *   controller: false,
 *   blockOwnerDeletion: false,
 * });
 * ```
 *
 * @param owner The owner, as it was read.
 * @param options The object that will carry the reference.
 * @returns The reference.
 * @throws {TypeError} If the owner lacks a field, or cannot own the object.
 */
export function ownerReference(
  owner: KubeObject,
  options?: OwnerReferenceOptions,
): OwnerReference {
  return makeReference(owner, false, options);
}

/**
 * Points to the owner that manages the object; there is at most one.
 *
 * Foreground deletion of the owner waits until the object is gone. As
 * controller-runtime's `SetControllerReference`.
 *
 * @example Manage an object
 * ```ts
 * import { controllerReference } from "@koprs/koprs/core";
 * import { assertThrows } from "@std/assert";
 *
 * const owner = {
 *   apiVersion: "v1",
 *   kind: "ConfigMap",
 *   metadata: {
 *     name: "app",
 *     namespace: "default",
 *     uid: "1b2e",
 *     resourceVersion: "7",
 *     creationTimestamp: "2025-01-01T00:00:00Z",
 *   },
 * };
 * const metadata = { name: "app-config", namespace: "default" };
 * const child = {
 *   metadata: { ...metadata, ownerReferences: [controllerReference(owner)] },
 *   data: { color: "blue" },
 * };
 *
 * const elsewhere = { ...child.metadata, namespace: "other" };
 * assertThrows(() => controllerReference(owner, { child: elsewhere }), TypeError);
 * ```
 *
 * @param owner The owner, as it was read.
 * @param options The object that will carry the reference.
 * @returns The reference.
 * @throws {TypeError} If the owner lacks a field, or cannot own the object.
 */
export function controllerReference(
  owner: KubeObject,
  options?: OwnerReferenceOptions,
): OwnerReference {
  return makeReference(owner, true, options);
}

/**
 * Whether an object may carry an owner reference to another.
 *
 * Kubernetes looks for a namespaced owner in the namespace of the object only,
 * and deletes the object if it finds none.
 *
 * @example Compare namespaces
 * ```ts
 * import { canOwn } from "./owner_reference.ts";
 * import { assert } from "@std/assert";
 *
 * const app = { metadata: { name: "app", namespace: "default" } };
 * assert(canOwn(app, { name: "config", namespace: "default" }));
 * assert(!canOwn(app, { name: "config", namespace: "other" }));
 * assert(!canOwn(app, { name: "role" }));
 * ```
 *
 * @param owner The owner.
 * @param owner.metadata Its key.
 * @param child Key of the object.
 * @returns Whether it may.
 */
export function canOwn(
  owner: { readonly metadata: ObjectKey },
  child: ObjectKey,
): boolean {
  const { namespace } = owner.metadata;
  return namespace === undefined || namespace === child.namespace;
}

function makeReference(
  owner: KubeObject,
  managing: boolean,
  options: OwnerReferenceOptions = {},
): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  const { name, uid } = metadata;
  const fields = {
    apiVersion,
    kind,
    "metadata.name": name,
    "metadata.uid": uid,
  };
  const missing = Object.entries(fields)
    .filter(([, value]) => value === undefined || value === "")
    .map(([field]) => field);
  if (missing.length > 0) {
    throw new TypeError(
      `Cannot reference owner "${name}": it lacks ${missing.join(", ")}`,
    );
  }
  const { child } = options;
  if (child !== undefined && !canOwn(owner, child)) {
    throw new TypeError(
      `Cannot make ${kind} "${formatKey(metadata)}" owner of ` +
        `"${formatKey(child)}": it is in another namespace`,
    );
  }
  const controller = managing;
  const blockOwnerDeletion = managing;
  return { apiVersion, kind, name, uid, controller, blockOwnerDeletion };
}
