import type { CacheQuery } from "../client/object_cache.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import {
  equalityLabels,
  labelSelector,
  parseLabelSelector,
} from "../client/selector.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";
import { isOwnedBy, ownerUid, ownerUidLabel } from "./owner_mark.ts";

/** Which objects `garbageCollect()` looks at. */
export type GarbageSelection = ChildrenOfOwner | ObjectsWithLabels;

/** Selects the children of an owner. */
export interface ChildrenOfOwner {
  /** The owner, as it was read. */
  readonly owner: KubeObject;
  /**
   * The domain of the operator, to select by the label of `ownerMark()`.
   *
   * @default {undefined} Children are selected by their owner reference.
   */
  readonly prefix?: string | undefined;
  /**
   * Labels that the children have, too, as `"app=web"`.
   *
   * @default {undefined} Any labels.
   */
  readonly labelSelector?: string | undefined;
  /**
   * The namespace of the children.
   *
   * @default {undefined} With a prefix or a cluster-scoped owner, every one;
   * else that of the owner.
   */
  readonly namespace?: string | undefined;
}

/** Selects objects by labels only. */
export interface ObjectsWithLabels {
  /** As `"app=web,tier!=db"`; not empty. */
  readonly labelSelector: string;
  /** Not given. */
  readonly owner?: undefined;
  /** Not given. */
  readonly prefix?: undefined;
  /**
   * The namespace of the objects.
   *
   * @default {undefined} Every one.
   */
  readonly namespace?: string | undefined;
}

/** A selection, as it is put to caches, to the API server and to objects. */
export interface Selector {
  /** What a cache must hold. */
  readonly query: CacheQuery;
  /** What the API server filters by. */
  readonly labelSelector: string | undefined;
  /**
   * Whether an object is selected.
   *
   * @param object The object.
   * @returns Whether it is.
   */
  readonly selects: (object: KubeObject) => boolean;
}

/** Options of {@linkcode selectChildren}. */
export interface SelectChildrenOptions {
  /** The selection. */
  readonly selector: Selector;
  /** Ends the requests. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Works out what a selection means.
 *
 * @param kind The kind of the objects.
 * @param selection The selection.
 * @returns The selector.
 * @throws {TypeError} If the selection is without limits, or cannot hold.
 */
export function selectorOf(kind: Kind, selection: GarbageSelection): Selector {
  const { owner, prefix, labelSelector: given = "" } = selection;
  if (owner === undefined && given.trim() === "") {
    throw new TypeError(
      `Cannot collect ${kind.plural}: without an owner, ` +
        `labelSelector must not be empty`,
    );
  }
  if (owner !== undefined) ownerUid(owner);
  const namespace = selection.namespace ??
    (prefix === undefined ? owner?.metadata.namespace : undefined);
  if (namespace !== undefined && kind.scope === "Cluster") {
    throw new TypeError(
      `Cannot collect ${kind.plural} of "${namespace}": they have no ` +
        `namespace; select them by prefix or by labels`,
    );
  }
  const mark = owner && prefix !== undefined
    ? ownerUidLabel(owner, prefix)
    : {};
  const hasLabels = parseLabelSelector(given);
  const all = [labelSelector(mark), given.trim()].filter((text) => text !== "");
  return {
    // The mark first: few objects have it, and caches look up the first label.
    query: { namespace, labels: { ...mark, ...equalityLabels(given) } },
    labelSelector: all.length > 0 ? all.join(",") : undefined,
    selects: (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      hasLabels(object.metadata.labels ?? {}) &&
      (owner === undefined || isOwnedBy(object, owner, { prefix })),
  };
}

/**
 * Finds the selected objects, in an informer of the client that covers them,
 * or else in the API server.
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param options The selection, signal.
 * @returns The objects.
 */
export async function selectChildren<
  T extends KubeObject<S>,
  S extends Scope,
>(
  resource: ResourceClient<T, S>,
  { selector, signal }: SelectChildrenOptions,
): Promise<T[]> {
  const { query, labelSelector, selects } = selector;
  const { namespace, labels = {} } = query;
  const cache = resource.cache(query);
  if (cache !== undefined) {
    const [label] = Object.entries(labels);
    const objects = label === undefined
      ? cache.list({ namespace })
      : cache.byLabel(...label);
    return objects.filter(selects);
  }
  const found: T[] = [];
  const options = { namespace, labelSelector, signal };
  for await (const page of resource.pages(options)) {
    found.push(...page.items.filter(selects));
  }
  return found;
}
