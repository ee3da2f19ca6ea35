import { AsyncLocalStorage } from "node:async_hooks";

/** Who writes: one run of a reconciler, for one object. */
export interface Writer {
  /** The controller. */
  readonly controller: object;
  /** The object it reconciles, as `"namespace/name"`. */
  readonly key: string;
}

const writers = new AsyncLocalStorage<Writer>();

/**
 * Runs a function so that its writes carry the name of their writer.
 *
 * A change that a reconcile makes is no reason to reconcile the same object
 * again; the informers need to know who made it.
 *
 * @typeParam R What the function returns.
 * @param writer Who writes.
 * @param run The function.
 * @returns What it returned.
 */
export function asWriter<R>(writer: Writer, run: () => R): R {
  return writers.run(writer, run);
}

/**
 * Tells on whose behalf the running code writes.
 *
 * @returns The writer, or `undefined` outside a reconcile.
 */
export function currentWriter(): Writer | undefined {
  return writers.getStore();
}
