import type { Client } from "../client/client.ts";
import { keyOf } from "../client/exchange.ts";
import type { WriteOptions } from "../client/request_options.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { ApplyConfiguration } from "../kind/configuration.ts";
import { jsonEqual } from "../kind/json_equal.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { PART_OF } from "./apply_set_parent.ts";
import { isBeingDeleted } from "./finalizer.ts";
import { NameTakenError } from "./name_taken_error.ts";

/** An object of a set; `setMember()` makes it. */
export interface ApplySetMember {
  /** The kind. */
  readonly kind: Kind;
  /** The fields to apply. */
  readonly object: ApplyConfiguration<KubeObject, Scope>;
}

/** What `applySet()` did with one object. */
export interface ApplySetResult {
  /** The kind. */
  readonly kind: Kind;
  /** The key. */
  readonly key: ObjectKey;
  /**
   * Whether it is new, changed, as it was, deleted because it left the set, or
   * none of these because of an error.
   */
  readonly outcome: "created" | "updated" | "unchanged" | "pruned" | "failed";
  /** Why it failed. */
  readonly error?: unknown;
}

/** How a member is written. */
export interface MemberWrite extends WriteOptions {
  /** Whether fields of other managers are taken over. */
  readonly force?: boolean | undefined;
  /** The id of the set. */
  readonly id: string;
}

/**
 * Applies a member, unless somebody else has the object.
 *
 * @param client The client.
 * @param member The member.
 * @param write The set; force, dry run, signal.
 * @returns What was done.
 */
export async function applyMember(
  client: Pick<Client, "resource">,
  { kind, object }: ApplySetMember,
  { id, ...write }: MemberWrite,
): Promise<ApplySetResult> {
  const { metadata } = object;
  const key = keyOf(metadata);
  const resource = client.resource<KubeObject, Scope>(kind);
  try {
    const { dryRun, signal, timeout } = write;
    // Only content tells what a dry run changes: the version stays.
    const view = dryRun === true ? resource : resource.metadata;
    const live = await view.get(key, { signal, timeout });
    if (live !== undefined && isForeign(live, id)) {
      throw new NameTakenError(kind, live.metadata);
    }
    const labels = { ...metadata.labels, [PART_OF]: id };
    const member = { ...object, metadata: { ...metadata, labels } };
    const uid = live?.metadata.uid;
    const applied = await resource.applyReporting(member, { ...write, uid });
    const isSame = dryRun === true
      ? jsonEqual(live && content(live), content(applied.object))
      : live?.metadata.resourceVersion ===
        applied.object.metadata.resourceVersion;
    const outcome = applied.created
      ? "created"
      : isSame
      ? "unchanged"
      : "updated";
    return { kind, key, outcome };
  } catch (error) {
    write.signal?.throwIfAborted();
    return { kind, key, outcome: "failed", error };
  }
}

/**
 * Deletes a member that left its set, unless a controller owns it by now.
 *
 * @param resource The kind.
 * @param object The member, as it was read.
 * @param write Dry run, signal.
 * @returns What was done; `undefined` for nothing.
 */
export async function pruneMember(
  resource: ResourceClient<KubeObject, Scope>,
  object: KubeObject,
  { dryRun, signal, timeout }: WriteOptions,
): Promise<Pick<ApplySetResult, "outcome" | "error"> | undefined> {
  const { uid, resourceVersion } = object.metadata;
  if (isControlled(object) || isBeingDeleted(object)) return undefined;
  const options = { uid, resourceVersion, dryRun, signal, timeout };
  try {
    const isDeleted = await resource.delete(object.metadata, options);
    return isDeleted ? { outcome: "pruned" } : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    // Somebody changed it: the next time it is judged as it is then.
    return { outcome: "failed", error };
  }
}

function isForeign(live: KubeObject, id: string): boolean {
  const { [PART_OF]: set = id } = live.metadata.labels ?? {};
  return set !== id || isControlled(live);
}

function isControlled({ metadata }: KubeObject): boolean {
  return (metadata.ownerReferences ?? []).some(({ controller }) => controller);
}

function content(object: KubeObject): object {
  const { metadata, ...rest } = object;
  return { ...rest, metadata: { ...metadata, managedFields: undefined } };
}
