import { parseKey } from "../kind/key.ts";
import type { Kind } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import type { ReadonlyStore } from "../watch/store.ts";

/**
 * Says which objects of the primary kind to reconcile when another one changed.
 *
 * @typeParam T The type of the object that changed.
 * @typeParam P The type of the primary objects.
 * @param object The object that changed, as it is, or as it was last seen.
 * @param store The primary objects.
 * @returns The keys to reconcile.
 */
export type Mapper<T, P extends KubeObject = KubeObject> = (
  object: T,
  store: ReadonlyStore<P>,
) => Iterable<ObjectKey>;

/**
 * Maps an object to its owners of one kind, by its owner references.
 *
 * The key of a cluster-scoped owner has no namespace, whoever it owns. The
 * version of a reference does not matter, as the API server converts.
 *
 * @example Find the Deployment of a ReplicaSet
 * ```ts
 * import { Deployment } from "@koprs/koprs/builtin";
 * import { ownersOf, Store } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const replicaSet = {
 *   apiVersion: "apps/v1",
 *   kind: "ReplicaSet",
 *   metadata: {
 *     name: "web-1",
 *     namespace: "default",
 *     uid: "2",
 *     resourceVersion: "1",
 *     creationTimestamp: "2025-01-01T00:00:00Z",
 *     ownerReferences: [
 *       { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "1" },
 *     ],
 *   },
 * };
 * const keys = ownersOf(Deployment)(replicaSet, new Store());
 * assertEquals([...keys], [{ name: "web", namespace: "default" }]);
 * ```
 *
 * @param owner The kind of the owners.
 * @returns The mapper.
 */
export function ownersOf(
  owner: Pick<Kind, "group" | "kind" | "scope">,
): Mapper<KubeObject> {
  return ({ metadata }) =>
    (metadata.ownerReferences ?? [])
      .filter(({ apiVersion, kind }) =>
        kind === owner.kind && groupOf(apiVersion) === owner.group
      )
      .flatMap(({ name }) => keyIn(owner.scope, name, metadata.namespace));
}

/** Options of {@linkcode ownerFromLabel}. */
export interface OwnerFromLabelOptions {
  /**
   * Scope of the owner.
   *
   * @default {"Namespaced"} The owner is in the namespace of the object.
   */
  readonly scope?: Scope | undefined;
}

/**
 * Maps an object to the owner whose name is the value of a label.
 *
 * An owner in another namespace, or with a name above 63 characters, needs
 * {@linkcode ownerFromAnnotation}.
 *
 * @example Find the owner in the namespace of the object
 * ```ts
 * import { ownerFromLabel, Store } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const configMap = {
 *   apiVersion: "v1",
 *   kind: "ConfigMap",
 *   metadata: {
 *     name: "app-config",
 *     namespace: "default",
 *     uid: "2",
 *     resourceVersion: "1",
 *     creationTimestamp: "2025-01-01T00:00:00Z",
 *     labels: { "example.io/app": "web" },
 *   },
 * };
 * const keys = ownerFromLabel("example.io/app")(configMap, new Store());
 * assertEquals([...keys], [{ name: "web", namespace: "default" }]);
 * ```
 *
 * @param label Key of the label.
 * @param options Scope of the owner.
 * @returns The mapper; an object without the label maps to nothing.
 */
export function ownerFromLabel(
  label: string,
  options?: OwnerFromLabelOptions,
): Mapper<KubeObject> {
  const scope = options?.scope ?? "Namespaced";
  return ({ metadata }) =>
    keyIn(scope, metadata.labels?.[label] ?? "", metadata.namespace);
}

/**
 * Maps an object to the owner whose key is the value of an annotation, as
 * `ownerMark()` writes it: `"namespace/name"`, or `"name"` of a
 * cluster-scoped owner.
 *
 * @example Find the owner in another namespace
 * ```ts
 * import { ownerFromAnnotation, Store } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const configMap = {
 *   apiVersion: "v1",
 *   kind: "ConfigMap",
 *   metadata: {
 *     name: "app-config",
 *     namespace: "target",
 *     uid: "2",
 *     resourceVersion: "1",
 *     creationTimestamp: "2025-01-01T00:00:00Z",
 *     annotations: { "example.io/owner": "default/web" },
 *   },
 * };
 * const mapper = ownerFromAnnotation("example.io/owner");
 * const keys = mapper(configMap, new Store());
 * assertEquals([...keys], [{ name: "web", namespace: "default" }]);
 * ```
 *
 * @param annotation Key of the annotation.
 * @returns The mapper; an object without the annotation, or with one that is
 * no key, maps to nothing.
 */
export function ownerFromAnnotation(annotation: string): Mapper<KubeObject> {
  return ({ metadata }) => {
    const value = metadata.annotations?.[annotation];
    if (value === undefined) return [];
    try {
      return [parseKey(value)];
    } catch {
      return []; // whoever may write the object may write nonsense
    }
  };
}

/**
 * Maps every object to the same keys.
 *
 * For one object that depends on all of another kind. To reconcile all that
 * there are at the time, map to `store.keys()` instead.
 *
 * @example Reconcile the one configuration whenever anything changes
 * ```ts
 * import { always, Store } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const mapper = always([{ name: "main", namespace: "default" }]);
 * const keys = mapper("anything", new Store());
 * assertEquals([...keys], [{ name: "main", namespace: "default" }]);
 * ```
 *
 * @param keys The keys.
 * @returns The mapper.
 */
export function always(keys: Iterable<ObjectKey>): Mapper<unknown> {
  const fixed = [...keys];
  return () => [...fixed];
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/** At most one key; none when the name or a needed namespace is missing. */
function keyIn(scope: Scope, name: string, namespace?: string): ObjectKey[] {
  if (name === "") return [];
  if (scope === "Cluster") return [{ name }];
  return namespace === undefined ? [] : [{ name, namespace }];
}
