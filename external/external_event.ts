/**
 * A change of something outside the cluster.
 *
 * Sources tell states, not histories: changes in between may be left out, and
 * after a start everything there is comes as `"added"`.
 *
 * @typeParam T What changes.
 */
export interface ExternalEvent<T> {
  /** What happened to it. */
  readonly type: "added" | "modified" | "removed";
  /** What it is called at its source; any text. */
  readonly key: string;
  /** As it is now; as it was last known, once removed. */
  readonly object: T;
}
