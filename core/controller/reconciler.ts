import type { KubeObject } from "../kind/object.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { ReadonlyStore } from "../watch/store.ts";

/**
 * Makes the world as an object wants it.
 *
 * It is called with the newest state known, never twice at once for one
 * object, and again after each change. To throw asks for a retry with growing
 * delays; a {@linkcode TerminalError} asks for none until the object changes.
 *
 * @typeParam T The object type.
 */
export type Reconciler<T extends KubeObject> = (
  object: T,
  context: ReconcileContext<T>,
) => Promise<ReconcileResult | void>;

/** What a reconciler may ask for. */
export interface ReconcileResult {
  /**
   * After how long to reconcile again, in milliseconds; 0 is soon, but
   * with growing delays when it is asked for again and again.
   *
   * @default never, until something changes
   */
  readonly requeueAfter?: number | undefined;
}

/**
 * What a reconciler is given besides the object.
 *
 * @typeParam T The object type.
 */
export interface ReconcileContext<T extends KubeObject> {
  /**
   * Aborts on timeout, when somebody deletes the object meanwhile, and when
   * the program has no more time to finish.
   */
  readonly signal: AbortSignal;
  /** How many times in a row this object failed; 0 at first. */
  readonly attempt: number;
  /**
   * Why it is reconciled, for people: `"initial"`, `"added"`, `"modified"`,
   * `"requeue"`, `"retry"`, `"resync"`, `"resumed"`, `"configmaps deleted"`, …
   */
  readonly reasons: ReadonlySet<string>;
  /** Logs with kind and key of the object. */
  readonly logger: Logger;
  /** All objects of the kind, without asking the API server. */
  readonly store: ReadonlyStore<T>;
}
