import {
  type ApplyConfiguration,
  type Condition,
  type ConfiguredMeta,
  type KubeObject,
  ownerMark,
  type ResourceClient,
} from "@koprs/koprs/core";
import { PREFIX, type Sync } from "./sync.ts";

/** The status of an object, whole. */
export interface WantedStatus {
  /** Whether the copy is as wanted. */
  readonly ready: boolean;
  /** Why, for people. */
  readonly message: string;
  /** Generation of the spec that this status is about. */
  readonly observedGeneration: number;
  /** The same, for programs. */
  readonly conditions: readonly Condition[];
}

/**
 * How the objects of one kind are kept.
 *
 * @typeParam T What is wanted: a SecretSync, a ServiceAccountSync.
 * @typeParam C What is kept: a Secret, a ServiceAccount.
 */
export interface SyncPlan<T extends Sync, C extends KubeObject<"Namespaced">> {
  /** Field manager, reporting controller, label. */
  readonly operator: string;
  /** Where what is wanted is. */
  readonly syncs: ResourceClient<T, "Namespaced">;
  /** Where the copies are. */
  readonly children: ResourceClient<C, "Namespaced">;
  /** First part of the names of the copies. */
  readonly prefix: string;
  /** The copy. */
  childOf(
    sync: T,
    metadata: ConfiguredMeta<"Namespaced">,
  ): ApplyConfiguration<C, "Namespaced">;
  /** Writes the status. */
  applyStatus(
    sync: T,
    options: { readonly status: WantedStatus; readonly signal: AbortSignal },
  ): Promise<unknown>;
}

/**
 * Selects the copies that a plan made.
 *
 * @param plan How the kind is kept.
 * @returns The label selector.
 */
export function managedBy({ operator }: { readonly operator: string }): string {
  return `app.kubernetes.io/managed-by=${operator}`;
}

/**
 * The metadata of the copy.
 *
 * It cannot have an ownerReference, since it may be in another namespace; its
 * mark says whose it is.
 *
 * @param plan How the kind is kept.
 * @param sync What is wanted.
 * @returns The metadata.
 */
export function childMeta<T extends Sync, C extends KubeObject<"Namespaced">>(
  { operator, prefix }: SyncPlan<T, C>,
  sync: T,
): ConfiguredMeta<"Namespaced"> {
  const name = `${prefix}-${sync.metadata.name}`;
  const { labels, annotations } = ownerMark(sync, { prefix: PREFIX });
  return {
    name: name.length <= 253 ? name : `${prefix}-${sync.metadata.uid}`,
    namespace: sync.spec.targetNamespace,
    labels: { ...labels, "app.kubernetes.io/managed-by": operator },
    annotations,
  };
}
