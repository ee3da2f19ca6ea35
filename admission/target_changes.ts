import type { Client } from "../core/client/client.ts";
import type { Clock } from "../core/timing/clock.ts";
import { linkedAbort } from "../core/timing/linked_abort.ts";
import { reflect } from "../core/watch/reflect.ts";
import { INJECTION_KINDS, type InjectionTarget } from "./ca_injection.ts";

/** What {@linkcode targetChanges} tells. */
export interface TargetChanges extends AsyncDisposable {
  /**
   * Waits for a change since the last call.
   *
   * @param options How long, in milliseconds.
   * @returns After a change, the timeout or the abort.
   */
  next(options: { readonly timeout: number }): Promise<void>;
}

/** Options of {@linkcode targetChanges}. */
export interface TargetChangesOptions {
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  /** Where time comes from. */
  readonly clock: Clock;
}

/**
 * Watches what authorities are injected into, since whoever writes it may take
 * them out.
 *
 * @param client Who watches.
 * @param targets What is watched.
 * @param options When to stop.
 * @returns The changes.
 */
export function targetChanges(
  client: Client,
  targets: readonly InjectionTarget[],
  { signal, clock }: TargetChangesOptions,
): TargetChanges {
  const link = linkedAbort(signal);
  let changed = Promise.withResolvers<void>();
  const watching = Promise.all(targets.map(async ({ kind, metadata }) => {
    const fieldSelector = `metadata.name=${metadata.name}`;
    const resource = client.resource(INJECTION_KINDS[kind]);
    const followed = { fieldSelector, signal: link.signal, clock };
    for await (const _change of reflect(resource, followed)) changed.resolve();
  }));
  const wake = (): void => changed.resolve();
  link.signal.addEventListener("abort", wake, { once: true });
  return {
    async next({ timeout }): Promise<void> {
      if (link.signal.aborted) return;
      const cancel = clock.setTimer(wake, timeout);
      await changed.promise;
      cancel();
      changed = Promise.withResolvers();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      link.abort();
      link[Symbol.dispose]();
      await watching;
    },
  };
}
