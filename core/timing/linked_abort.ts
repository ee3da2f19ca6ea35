/** An abort that follows another one, until it is disposed of. */
export interface LinkedAbort extends Disposable {
  /** Aborts with the parent, or by {@linkcode abort}. */
  readonly signal: AbortSignal;
  /**
   * Aborts the signal, not the parent.
   *
   * @param reason Why.
   */
  abort(reason?: unknown): void;
}

/**
 * Makes a signal that aborts when its parent does, or before.
 *
 * Unlike a signal of `AbortSignal.any`, it can be aborted by itself, and leaves
 * no trace on a parent that outlives it.
 *
 * @example Follow a signal for a while
 * ```ts
 * import { linkedAbort } from "./linked_abort.ts";
 * import { assert } from "@std/assert";
 *
 * const parent = new AbortController();
 * using link = linkedAbort(parent.signal);
 * parent.abort();
 * assert(link.signal.aborted);
 * ```
 *
 * @param parent What is followed, if anything.
 * @returns The signal, and how to abort it; dispose of it to let the parent go.
 */
export function linkedAbort(parent?: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]: () => parent?.removeEventListener("abort", follow),
  };
}
