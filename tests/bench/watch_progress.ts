import {
  type KubeObject,
  reflect,
  type ResourceReader,
} from "@koprs/koprs/core";

/** Options of {@linkcode watchProgress}. */
export interface WatchProgressOptions<T> {
  /** Where the objects are. */
  readonly namespace: string;
  /** How many must be done. */
  readonly count: number;
  /** Whether one is done. */
  readonly isDone: (object: T) => boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** When objects were done, in milliseconds as `performance.now()` counts. */
export interface Milestones {
  /** When the first was. */
  readonly first: number;
  /** When all were. */
  readonly all: number;
}

/** Objects that are being watched. */
export interface Progress extends AsyncDisposable {
  /** Settles when all are done. */
  readonly reached: Promise<Milestones>;
}

/**
 * Watches objects until they are done.
 *
 * @param resource Their kind.
 * @param options Which, how many, and when one is done.
 * @returns The progress, once the watch runs; dispose of it to end the watch.
 */
export async function watchProgress<T extends KubeObject>(
  resource: ResourceReader<T>,
  { namespace, count, isDone, signal }: WatchProgressOptions<T>,
): Promise<Progress> {
  const stop = new AbortController();
  const synced = Promise.withResolvers<void>();
  const changes = reflect(resource, {
    namespace,
    signal: AbortSignal.any([signal, stop.signal]),
  });
  const follow = async (): Promise<Milestones> => {
    const done = new Set<string>();
    let first = 0;
    for await (const change of changes) {
      if (change.type === "synced") {
        synced.resolve();
        continue;
      }
      const { name } = change.object.metadata;
      if (change.type === "deleted" || !isDone(change.object)) {
        done.delete(name);
        continue;
      }
      done.add(name);
      first ||= performance.now();
      if (done.size === count) return { first, all: performance.now() };
    }
    signal.throwIfAborted();
    throw new Error(`Cannot wait longer: ${done.size} of ${count} are done`);
  };
  const reached = follow();
  const ended = reached.then(() => {}, () => {}); // may be asked for, or not
  await Promise.race([synced.promise, reached]);
  return {
    reached,
    async [Symbol.asyncDispose](): Promise<void> {
      stop.abort();
      await ended;
    },
  };
}
