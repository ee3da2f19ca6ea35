import type { ListFilter } from "../client/request_options.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { type Clock, systemClock } from "../timing/clock.ts";
import { linkedAbort } from "../timing/linked_abort.ts";
import { TimeoutError } from "../timing/timeout_error.ts";
import { reflectBatches } from "./reflector.ts";
import type { ReflectorEvent } from "./reflector_event.ts";

/** For how long something is awaited. */
export interface WaitOptions {
  /**
   * How long to wait at most, in milliseconds.
   *
   * @default {Infinity}
   */
  readonly timeout?: number | undefined;
  /**
   * Ends the wait.
   *
   * @default {undefined} Only what is awaited and the timeout do.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Options of {@linkcode firstMatch}.
 *
 * @typeParam T The object type.
 * @typeParam R What is found.
 */
export interface FirstMatchOptions<T, R> extends WaitOptions, ListFilter {
  /** The namespace, or all of them. */
  readonly namespace?: string | undefined;
  /** What is awaited, for the message. */
  readonly what: string;
  /** Looks at what happened together; `undefined` to go on. */
  readonly match: (
    batch: readonly ReflectorEvent<T>[],
  ) => { readonly value: R } | undefined;
}

/**
 * Watches objects until something matches.
 *
 * @typeParam T The object type.
 * @typeParam R What is found.
 * @param resource The kind.
 * @param options What is watched, what is awaited, and for how long.
 * @returns What was found.
 * @throws {TimeoutError} If it took too long; the cause is the last failure.
 */
export async function firstMatch<T extends KubeObject, R>(
  resource: ResourceReader<T>,
  options: FirstMatchOptions<T, R>,
): Promise<R> {
  const { what, match, timeout = Infinity, signal, ...query } = options;
  const { clock = systemClock } = query;
  signal?.throwIfAborted();
  using over = linkedAbort(signal);
  let failure: unknown;
  const cancel = timeout === Infinity
    ? undefined
    : clock.setTimer(() => over.abort(), timeout);
  try {
    const batches = reflectBatches(resource, {
      ...query,
      clock,
      signal: over.signal,
      onState: ({ error }) => failure = error,
    });
    for await (const batch of batches) {
      const found = match(batch);
      if (found !== undefined) return found.value;
    }
  } finally {
    cancel?.();
  }
  signal?.throwIfAborted();
  const last = failure instanceof Error ? `: ${failure.message}` : "";
  throw new TimeoutError(
    `Cannot wait for ${what} within ${timeout} ms${last}`,
    { cause: failure },
  );
}
