/** Whether objects of a kind live in a namespace. */
export type Scope = "Cluster" | "Namespaced";

/**
 * What names one object: a name, and a namespace exactly when the kind has one.
 *
 * A look-up table, not a conditional type, so that generic code can read `name` and `namespace`.
 *
 * @typeParam S The scope of the kind.
 */
export type ObjectKey<S extends Scope = Scope> = {
  Cluster: ClusterKey;
  Namespaced: NamespacedKey;
}[S];

/** Names an object outside namespaces. */
export interface ClusterKey {
  /** Name of the object. */
  readonly name: string;
  /** Cluster-scoped objects have no namespace. */
  readonly namespace?: never;
}

/** Names an object in a namespace. */
export interface NamespacedKey {
  /** Name of the object. */
  readonly name: string;
  /** Namespace of the object. */
  readonly namespace: string;
}
