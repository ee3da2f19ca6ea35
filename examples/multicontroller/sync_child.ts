import {
  ensure,
  type EnsureResult,
  formatKey,
  garbageCollect,
  type KubeObject,
} from "@koprs/koprs/core";
import { PREFIX, type Sync } from "./sync.ts";
import { SyncError } from "./sync_error.ts";
import { childMeta, managedBy, type SyncPlan } from "./sync_plan.ts";

/**
 * Applies the copy, then removes those that are wanted no more.
 *
 * @param plan How the kind is kept.
 * @param options What is wanted, and what ends it.
 * @param options.sync What is wanted.
 * @param options.signal Ends it.
 * @returns What was done to the copy.
 * @throws {SyncError} If the target namespace belongs to the cluster itself:
 * who may make the object need not have any right there.
 */
export async function syncChild<
  T extends Sync,
  C extends KubeObject<"Namespaced">,
>(
  plan: SyncPlan<T, C>,
  { sync, signal }: { readonly sync: T; readonly signal: AbortSignal },
): Promise<EnsureResult<C>> {
  if (sync.spec.targetNamespace.startsWith("kube-")) {
    throw new SyncError(sync, "NamespaceReserved");
  }
  const metadata = childMeta(plan, sync);
  const result = await ensure(plan.children, plan.childOf(sync, metadata), {
    owner: sync,
    prefix: PREFIX,
    signal,
  });
  const wanted = formatKey(metadata);
  const keep = (child: C): boolean => formatKey(child.metadata) === wanted;
  await collectChildren(plan, { sync, keep, signal });
  return result;
}

/**
 * Deletes copies; whatever could not be deleted is tried again.
 *
 * @param plan How the kind is kept.
 * @param options Whose copies, which of them stay, and what ends it.
 * @param options.sync Whose they are.
 * @param options.keep Whether a copy stays.
 * @param options.signal Ends it.
 */
export async function collectChildren<
  T extends Sync,
  C extends KubeObject<"Namespaced">,
>(
  plan: SyncPlan<T, C>,
  { sync, keep, signal }: {
    readonly sync: T;
    readonly keep: (child: C) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { failed } = await garbageCollect(plan.children, {
    owner: sync,
    prefix: PREFIX,
    labelSelector: managedBy(plan),
    keep,
    signal,
  });
  if (failed[0] !== undefined) throw failed[0].error;
}
