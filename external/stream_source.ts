import { untilAborted } from "../core/client/until_aborted.ts";
import type { Source, SourceContext } from "../core/controller/source.ts";
import type { KubeObject } from "../core/kind/object.ts";
import type { ObjectKey } from "../core/kind/scope.ts";
import { getLogger } from "../core/telemetry/logger.ts";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";
import type { ReadonlyStore } from "../core/watch/store.ts";
import { PollPace } from "./poll_pace.ts";

/** How long a stream may take to close, in milliseconds. */
const closeTimeout = 1_000;

/** What a stream is opened with. */
export interface OpenStreamOptions {
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/**
 * Opens a stream of changes.
 *
 * @typeParam U What it carries.
 * @param options What ends it.
 * @returns The stream, from its start.
 */
export type OpenStream<U> = (options: OpenStreamOptions) => AsyncIterable<U>;

/**
 * Says which objects to reconcile when a stream carries something.
 *
 * @typeParam U What the stream carries.
 * @typeParam T The object type of the controller.
 * @param item What the stream carried.
 * @param store The objects of the controller.
 * @returns The keys to reconcile.
 */
export type StreamMapper<U, T extends KubeObject = KubeObject> = (
  item: U,
  store: ReadonlyStore<T>,
) => Iterable<ObjectKey>;

/** Options of {@linkcode streamSource}. */
export interface StreamSourceOptions {
  /** What to call it in logs; holds no secret. */
  readonly name: string;
  /**
   * How long to wait before a broken stream is opened again, in milliseconds;
   * doubled by each failure in a row, up to 32 times as long.
   *
   * @default {1000}
   */
  readonly retryDelay?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Reconciles objects when any stream carries something: a queue, a webhook, a
 * schedule, a folder, a shared watcher.
 *
 * A stream that breaks is logged and opened again; one that ends has ended. A
 * mapper that throws breaks the stream. The controller waits for none of it.
 *
 * @example Reconcile on a schedule
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, Controller } from "@koprs/koprs/core";
 * import { cronSchedule, streamSource } from "@koprs/koprs/external";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 *
 * const nightly = streamSource(
 *   ({ signal }) => cronSchedule("0 3 * * *", { signal }),
 *   (_date, store) => store.keys(),
 *   { name: "nightly" },
 * );
 * const controller = new Controller(client.resource(ConfigMap), async () => {}, {
 *   sources: [nightly],
 * });
 * assertEquals(controller.name, "configmap");
 * ```
 *
 * @typeParam U What the stream carries.
 * @typeParam T The object type of the controller.
 * @param open Opens the stream.
 * @param mapper Says which objects an item concerns.
 * @param options Its name, and how soon it is opened again.
 * @returns The source.
 */
export function streamSource<U, T extends KubeObject = KubeObject>(
  open: OpenStream<U>,
  mapper: StreamMapper<U, T>,
  options: StreamSourceOptions,
): Source<T> {
  const { name } = options;
  return {
    name,
    start: (context) => ({
      synced: Promise.resolve(),
      done: keepOpen(open, {
        ...options,
        signal: context.signal,
        take: (item) => enqueueAll(mapper(item, context.store), name, context),
      }),
    }),
  };
}

function enqueueAll<T extends KubeObject>(
  keys: Iterable<ObjectKey>,
  reason: string,
  { enqueue }: SourceContext<T>,
): void {
  for (const key of keys) enqueue(key, { reason });
}

interface KeepOpenOptions<U> extends StreamSourceOptions {
  readonly signal: AbortSignal;
  readonly take: (item: U) => void;
}

/** Reads a stream to its end, however often it breaks before. */
async function keepOpen<U>(
  open: OpenStream<U>,
  options: KeepOpenOptions<U>,
): Promise<void> {
  const { name, retryDelay = 1_000, clock = systemClock, signal } = options;
  const pace = new PollPace({ interval: retryDelay });
  while (!signal.aborted) {
    try {
      const items = open({ signal })[Symbol.asyncIterator]();
      try {
        for (;;) {
          const { done, value } = await untilAborted(items.next(), signal);
          if (done) return;
          pace.succeeded();
          options.take(value);
        }
      } finally {
        await close(items, clock);
      }
    } catch (error) {
      if (signal.aborted) return;
      const delay = pace.failed(error);
      const { failures } = pace;
      getLogger("external").warning("Stream broke, will be opened again", {
        source: name,
        error,
        failures,
        delay: Math.round(delay),
      });
      await sleep(delay, { signal, clock }).catch(() => {}); // the loop looks
    }
  }
}

/** A stream that does not heed its signal does not heed its end either. */
async function close(
  items: AsyncIterator<unknown>,
  clock: Clock,
): Promise<void> {
  const closed = new AbortController();
  const patience = sleep(closeTimeout, { signal: closed.signal, clock });
  try {
    await Promise.race([items.return?.(), patience]);
  } catch {
    // What went wrong before it was closed counts.
  } finally {
    closed.abort();
  }
}
