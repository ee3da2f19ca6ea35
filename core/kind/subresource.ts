import type { KubeObject } from "./object.ts";

/**
 * A value that names a part of objects with a path of its own, and carries its
 * type.
 *
 * @typeParam B The type of the part.
 */
export interface Subresource<B = unknown> {
  /** Last segment of its path, as `"scale"`. */
  readonly name: string;
  /** `"v1"` or `"group/version"`, of the part. */
  readonly apiVersion: string;
  /** Name of the kind, of the part. */
  readonly kind: string;
  /** Carries the type; never set. */
  readonly "~object"?: B;
}

/** How many replicas an object has, and shall have. */
export interface Scale extends KubeObject {
  /** What is wanted. */
  readonly spec: {
    /** The number of replicas; absent for none. */
    readonly replicas?: number;
  };
  /** What there is. */
  readonly status: {
    /** The number of replicas. */
    readonly replicas: number;
    /** Label selector of the replicas, as text. */
    readonly selector?: string;
  };
}
/** The part `scale` of Deployments, of kinds with `scale`, and of others. */
export const Scale: Subresource<Scale> = {
  name: "scale",
  apiVersion: "autoscaling/v1",
  kind: "Scale",
};

/** A request that a Pod goes, unless too many of its kind would be missing. */
export interface Eviction extends KubeObject<"Namespaced"> {
  /** How it is deleted. */
  readonly deleteOptions?: object;
}
/** The part `eviction` of Pods, which is only created. */
export const Eviction: Subresource<Eviction> = {
  name: "eviction",
  apiVersion: "policy/v1",
  kind: "Eviction",
};
