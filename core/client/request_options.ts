import type { Scope } from "../kind/scope.ts";

/** What every request can be told. */
export interface RequestOptions {
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the request may take, headers and body, in milliseconds; ten times
   * as long where the body of a GET keeps coming.
   *
   * @default {30000}
   */
  readonly timeout?: number | undefined;
  /**
   * Which connections to use: a lease must not wait behind other requests.
   *
   * @default {"request"}
   */
  readonly lane?: "request" | "lease" | undefined;
}

/** What every write can be told. */
export interface WriteOptions extends RequestOptions {
  /**
   * Whether the API server only checks the write.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Who owns the written fields.
   *
   * @default {the client's field manager}
   */
  readonly fieldManager?: string | undefined;
  /**
   * What the API server does about fields that the kind does not have.
   *
   * @default {"Warn"}
   */
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict" | undefined;
}

/** Options of a patch. */
export interface PatchOptions extends WriteOptions {
  /** The part of the object that is patched, as `"status"` or `"scale"`. */
  readonly subresource?: string | undefined;
}

/** Options of a server-side apply. */
export interface ApplyOptions extends WriteOptions {
  /**
   * Whether fields of other managers are taken over; otherwise a conflict is
   * an error that names them.
   *
   * @default {false}
   */
  readonly force?: boolean | undefined;
  /** Uid of the object that is meant: refuses to create, or to change another. */
  readonly uid?: string | undefined;
  /** Version of the object that is meant: refuses a newer one. */
  readonly resourceVersion?: string | undefined;
}

/** Options of a deletion. */
export interface DeleteOptions extends RequestOptions {
  /** Uid of the object that is meant; another one is a conflict. */
  readonly uid?: string | undefined;
  /** Version of the object that is meant; another one is a conflict. */
  readonly resourceVersion?: string | undefined;
  /**
   * What happens to the objects that it owns.
   *
   * @default {the kind's own policy}
   */
  readonly propagationPolicy?:
    | "Background"
    | "Foreground"
    | "Orphan"
    | undefined;
  /** Seconds until a Pod is killed. */
  readonly gracePeriodSeconds?: number | undefined;
  /**
   * Whether the API server only checks the deletion.
   *
   * @default {false}
   */
  readonly dryRun?: boolean | undefined;
}

/** What a deletion of many objects can be told. */
export interface DeleteManyOptions
  extends Omit<DeleteOptions, "uid" | "resourceVersion"> {
  /** As `app=web,tier!=db`. */
  readonly labelSelector?: string | undefined;
  /** As `metadata.name=a`. */
  readonly fieldSelector?: string | undefined;
  /**
   * Whether everything is meant when no selector limits the deletion.
   *
   * @default {false}
   */
  readonly all?: boolean | undefined;
}

/**
 * Options of a deletion of many objects; the API server deletes those of one
 * namespace at a time.
 *
 * @typeParam S The scope of the kind.
 */
export type DeleteCollectionOptions<S extends Scope = Scope> = {
  Cluster: DeleteManyOptions & { readonly namespace?: never };
  Namespaced: DeleteManyOptions & { readonly namespace: string };
}[S];

/** What every list and watch can filter by. */
export interface ListFilter {
  /** As `app=web,tier!=db`. */
  readonly labelSelector?: string | undefined;
  /** As `metadata.name=a`. */
  readonly fieldSelector?: string | undefined;
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Options of a list or watch.
 *
 * @typeParam S The scope of the kind.
 */
export type ListOptions<S extends Scope = Scope> = {
  Cluster: ListFilter & { readonly namespace?: never };
  Namespaced: ListFilter & { readonly namespace?: string | undefined };
}[S];

/** Options of a list that is read page by page. */
export interface PageOptions extends ListFilter {
  /** The namespace, or all of them. */
  readonly namespace?: string | undefined;
  /**
   * How many objects a page holds.
   *
   * @default {500}
   */
  readonly limit?: number | undefined;
  /** Which version of the world to read; the newest when absent. */
  readonly resourceVersion?: string | undefined;
  /** How the version is meant. */
  readonly resourceVersionMatch?: "Exact" | "NotOlderThan" | undefined;
}

/** Options of a watch on one connection. */
export interface WatchOptions extends ListFilter {
  /** The namespace, or all of them. */
  readonly namespace?: string | undefined;
  /** After which version to start. */
  readonly resourceVersion?: string | undefined;
  /**
   * Whether the stream starts with the objects that exist.
   *
   * @default {false}
   */
  readonly sendInitialEvents?: boolean | undefined;
  /**
   * Whether the API server may send bookmarks.
   *
   * @default {true}
   */
  readonly allowBookmarks?: boolean | undefined;
  /** After how many seconds the API server ends the stream. */
  readonly timeoutSeconds?: number | undefined;
  /** After how much silence the stream counts as dead, in milliseconds. */
  readonly idleTimeout?: number | undefined;
}
