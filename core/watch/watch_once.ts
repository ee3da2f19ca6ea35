import type { ListFilter } from "../client/request_options.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Clock } from "../timing/clock.ts";
import { type LinkedAbort, linkedAbort } from "../timing/linked_abort.ts";
import { StalledListError } from "./list_method.ts";
import type { ReflectorEvent } from "./reflector_event.ts";
import type { ReflectorProgress } from "./reflector_progress.ts";

/** Silence that means death: 2.5 intervals of the API server's bookmarks. */
export const IDLE_TIMEOUT = 150_000;
/** How long a streamed list may get no further. */
const STALL_TIMEOUT = 30_000;
/** A watch that ends sooner, without news, has failed. */
const SHORTEST_WATCH = 1_000;

/**
 * Options of {@linkcode watchOnce}.
 *
 * @typeParam T The object type.
 */
export interface WatchOnceOptions<T extends KubeObject> extends ListFilter {
  /** The namespace, or all of them. */
  readonly namespace?: string | undefined;
  /** Where the watch goes on; it starts with a list if that is nowhere. */
  readonly progress: ReflectorProgress<T>;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Gives numbers from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/**
 * Watches on one connection, until the server ends it.
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options Its progress, and what to watch.
 * @returns What each batch tells, nothing perhaps; ends when the server ends
 * the watch in good order.
 * @throws {ApiError} If the server refuses or ends the watch with an error.
 * @throws {StalledListError} If the list gets stuck.
 */
export async function* watchOnce<T extends KubeObject>(
  resource: ResourceReader<T>,
  options: WatchOnceOptions<T>,
): AsyncIterableIterator<readonly ReflectorEvent<T>[]> {
  const { progress, clock, random, signal, ...filter } = options;
  const { resourceVersion } = progress;
  const sendInitialEvents = resourceVersion === undefined;
  if (sendInitialEvents) progress.startList();
  progress.startStream();

  // Spread, so that not all watches of all clients end together.
  const timeoutSeconds = Math.floor(300 * (1 + random()));
  using watchdog = new Watchdog(clock, signal);
  const started = clock.now();
  let isNews = false;
  try {
    if (sendInitialEvents) watchdog.feed();
    const batches = resource.watchBatches({
      ...filter,
      resourceVersion,
      sendInitialEvents,
      allowBookmarks: true,
      timeoutSeconds,
      idleTimeout: sendInitialEvents || progress.hasBookmarks
        ? IDLE_TIMEOUT
        : timeoutSeconds * 1_000 + STALL_TIMEOUT,
      signal: watchdog.signal,
    });
    for await (const batch of batches) {
      const before = progress.listed;
      const { events, error } = progress.read(batch);
      if (progress.listed === undefined) watchdog.stop();
      else if (progress.listed !== before) watchdog.feed();
      isNews ||= progress.resourceVersion !== resourceVersion;
      yield events;
      if (error !== undefined) throw error;
    }
  } catch (error) {
    watchdog.signal.throwIfAborted();
    throw error;
  }
  watchdog.signal.throwIfAborted();
  const name = kindId(resource.kind);
  if (progress.listed !== undefined) {
    throw new Error(`Cannot list ${name}: the stream ended too early`);
  }
  if (!isNews && clock.now() - started < SHORTEST_WATCH) {
    throw new Error(`Cannot watch ${name}: the server ended the watch at once`);
  }
}

/** Aborts a stream that gets no further, or that nobody wants any more. */
class Watchdog implements Disposable {
  readonly #clock: Clock;
  readonly #abort: LinkedAbort;
  #cancel: () => void = () => {};

  constructor(clock: Clock, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#abort = linkedAbort(signal);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  feed(): void {
    this.stop();
    this.#cancel = this.#clock.setTimer(
      () => this.#abort.abort(new StalledListError("The list is stuck")),
      STALL_TIMEOUT,
    );
  }

  stop(): void {
    this.#cancel();
  }

  [Symbol.dispose](): void {
    this.stop();
    this.#abort[Symbol.dispose]();
  }
}
