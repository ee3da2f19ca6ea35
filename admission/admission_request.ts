import type { KubeObject } from "../core/kind/object.ts";
import type { JsonObject } from "../core/kind/wire.ts";

/** What somebody wants to do with an object. */
export type Operation = "CREATE" | "UPDATE" | "DELETE" | "CONNECT";

/**
 * A request that the API server asks about.
 *
 * A union by `operation`: a comparison of it tells which objects there are.
 *
 * @typeParam T The type of the objects.
 * @typeParam Op The operations.
 */
export type AdmissionRequest<
  T extends KubeObject = KubeObject,
  Op extends Operation = Operation,
> = Op extends Operation ? AdmissionRequestFields & AdmissionObjects<T>[Op]
  : never;

/** What every {@linkcode AdmissionRequest} has. */
export interface AdmissionRequestFields {
  /** Names this request; the answer carries it. */
  readonly uid: string;
  /** Kind of the object. */
  readonly kind: GroupVersionKind;
  /** Resource of the object. */
  readonly resource: GroupVersionResource;
  /** As `"status"` or `"scale"`; `""` is the object itself. */
  readonly subresource: string;
  /** Kind that was asked for; another one if the API server converted it. */
  readonly requestKind: GroupVersionKind | undefined;
  /** Resource that was asked for; see `requestKind`. */
  readonly requestResource: GroupVersionResource | undefined;
  /** Name of the object; `""` where the server will make one. */
  readonly name: string;
  /** Namespace of the object; `undefined` outside namespaces. */
  readonly namespace: string | undefined;
  /** Who asks. */
  readonly user: AdmissionUser;
  /** Whether nothing will be stored: then have no side effects. */
  readonly dryRun: boolean;
  /** Options of the operation, as `CreateOptions`. */
  readonly options: JsonObject | undefined;
  /** Aborts when the API server will soon wait no longer. */
  readonly signal: AbortSignal;
}

/**
 * The objects of an {@linkcode AdmissionRequest}, by operation.
 *
 * @typeParam T The type of the objects.
 */
export interface AdmissionObjects<T extends KubeObject> {
  /** A new object. */
  readonly CREATE: {
    /** What somebody wants to do. */
    readonly operation: "CREATE";
    /** The new object. */
    readonly object: Submitted<T>;
    /** There is none. */
    readonly oldObject: undefined;
  };
  /** A changed object. */
  readonly UPDATE: {
    /** What somebody wants to do. */
    readonly operation: "UPDATE";
    /** The object with the change. */
    readonly object: Submitted<T>;
    /** The object as it is; it may fit an older schema only. */
    readonly oldObject: T;
  };
  /** An object that is to go. */
  readonly DELETE: {
    /** What somebody wants to do. */
    readonly operation: "DELETE";
    /** There is none. */
    readonly object: undefined;
    /** The object as it is; it may fit an older schema only. */
    readonly oldObject: T;
  };
  /** A connection to an object, as by `kubectl exec`. */
  readonly CONNECT: {
    /** What somebody wants to do. */
    readonly operation: "CONNECT";
    /** Options of the connection, as `PodExecOptions`. */
    readonly object: JsonObject | undefined;
    /** There is none. */
    readonly oldObject: undefined;
  };
}

/**
 * An object on its way into the cluster: the server may still have to set a
 * part of its metadata.
 *
 * @typeParam T The type of the stored object.
 */
export type Submitted<T extends KubeObject> = string extends keyof T ? T
  : Omit<T, "metadata"> & {
    /** Metadata, as far as it is known. */
    readonly metadata: SubmittedMeta<T["metadata"]>;
  };

/**
 * The metadata of a {@linkcode Submitted} object.
 *
 * @typeParam M The type of the stored metadata.
 */
export type SubmittedMeta<M> =
  & Omit<M, SetByServer>
  & Partial<Pick<M, SetByServer & keyof M>>;

/** Metadata that may be missing before an object is stored. */
export type SetByServer =
  | "name"
  | "uid"
  | "resourceVersion"
  | "creationTimestamp"
  | "generation";

/** Names a kind. */
export interface GroupVersionKind {
  /** API group, `""` for the core group. */
  readonly group: string;
  /** API version without the group. */
  readonly version: string;
  /** Name of the kind. */
  readonly kind: string;
}

/** Names a resource. */
export interface GroupVersionResource {
  /** API group, `""` for the core group. */
  readonly group: string;
  /** API version without the group. */
  readonly version: string;
  /** Name of the resource in URLs. */
  readonly resource: string;
}

/**
 * Who asks the API server.
 *
 * Trust it as far as you trust who can reach the webhook: `Deno.serve` cannot
 * demand a certificate of the API server.
 */
export interface AdmissionUser {
  /** As `"system:serviceaccount:default:app"`. */
  readonly username: string;
  /** Names the user over time; may be `""`. */
  readonly uid: string;
  /** Groups of the user. */
  readonly groups: readonly string[];
  /** What else the authenticator said. */
  readonly extra: Readonly<Record<string, readonly string[]>>;
}
