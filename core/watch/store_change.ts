/**
 * How a store differs after a change.
 *
 * @typeParam T The object type.
 */
export type StoreChange<T> =
  | {
    /** An object came. */
    readonly type: "added";
    /** The object. */
    readonly object: T;
  }
  | {
    /** An object changed. */
    readonly type: "modified";
    /** The object after the change. */
    readonly object: T;
    /** The object before it. */
    readonly old: T;
  }
  | {
    /** An object went. */
    readonly type: "deleted";
    /** Its last known state. */
    readonly object: T;
  };
