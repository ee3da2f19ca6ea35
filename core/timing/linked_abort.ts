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
 * Stands in for `AbortSignal.any`, whose signals Deno 2.9 may collect as
 * garbage while somebody still listens to them: they then never abort.
 *
 * @example Follow a signal for a while
 * ```ts
 * import { linkedAbort } from "@koprs/koprs/core";
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
