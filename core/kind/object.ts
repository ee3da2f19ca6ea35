import type { ObjectKey, Scope } from "./scope.ts";

/**
 * An object as the API server returns it.
 *
 * @typeParam S The scope of its kind.
 */
export interface KubeObject<S extends Scope = Scope> {
  /** `"v1"` or `"group/version"`. */
  readonly apiVersion: string;
  /** Name of the kind. */
  readonly kind: string;
  /** Metadata, which is also the key. */
  readonly metadata: ObjectMeta<S>;
}

/**
 * Metadata of a live object.
 *
 * @typeParam S The scope of its kind.
 */
export type ObjectMeta<S extends Scope = Scope> = ObjectKey<S> & ServerMeta;

/** Metadata that authors write. */
export interface WrittenMeta {
  /** Labels, for selection. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations, for tools. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Who must clean up before the object goes. */
  readonly finalizers?: readonly string[];
  /** Who owns the object. */
  readonly ownerReferences?: readonly OwnerReference[];
}

/** Metadata of every live object, besides its key. */
export interface ServerMeta extends WrittenMeta {
  /** Unique in time and space. */
  readonly uid: string;
  /** Version for optimistic locking; opaque. */
  readonly resourceVersion: string;
  /** When the object was made. */
  readonly creationTimestamp: string;
  /** Counts changes of the spec, where the kind has one. */
  readonly generation?: number;
  /** When deletion was asked for. */
  readonly deletionTimestamp?: string;
}

/** Points to an owner in the same namespace, or in none. */
export interface OwnerReference {
  /** API version of the owner. */
  readonly apiVersion: string;
  /** Kind of the owner. */
  readonly kind: string;
  /** Name of the owner. */
  readonly name: string;
  /** Uid of the owner. */
  readonly uid: string;
  /** Whether the owner manages the object; at most one does. */
  readonly controller?: boolean;
  /** Whether foreground deletion of the owner waits for the object. */
  readonly blockOwnerDeletion?: boolean;
}

/** One observation in a status. */
export interface Condition {
  /** What is observed. */
  readonly type: string;
  /** Whether it holds. */
  readonly status: "True" | "False" | "Unknown";
  /** Why, as one CamelCase word. */
  readonly reason: string;
  /** Why, for people. */
  readonly message: string;
  /** When `status` last changed. */
  readonly lastTransitionTime: string;
  /** Generation of the spec that was observed. */
  readonly observedGeneration?: number;
}
