import type { ExternalEvent } from "./external_event.ts";

/** Options of {@linkcode EventQueue.read}. */
export interface ReadEventsOptions {
  /** Ends the reading. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Holds the events that one consumer has not taken yet: one for each key, so
 * that a slow consumer costs no more than there are keys.
 *
 * @example Merge what a slow consumer has missed
 * ```ts
 * import { EventQueue } from "./event_queue.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const queue = new EventQueue<number>();
 * queue.push({ type: "added", key: "a", object: 1 });
 * queue.push({ type: "modified", key: "a", object: 2 });
 * queue.close();
 * assertEquals(await Array.fromAsync(queue.read()), [
 *   { type: "added", key: "a", object: 2 },
 * ]);
 * ```
 *
 * @typeParam T What changes.
 */
export class EventQueue<T> {
  readonly #events = new Map<string, ExternalEvent<T>>();
  #wake = Promise.withResolvers<void>();
  #closed = false;

  /** How many events wait. */
  get size(): number {
    return this.#events.size;
  }

  /**
   * Adds an event, and merges it with one of its key that waits.
   *
   * @param event The event.
   */
  push(event: ExternalEvent<T>): void {
    const waiting = this.#events.get(event.key);
    const merged = waiting === undefined ? event : merge(waiting, event);
    this.#events.delete(event.key);
    if (merged !== undefined) this.#events.set(event.key, merged);
    this.#wake.resolve();
  }

  /** Ends the reading once all that waits has been read. */
  close(): void {
    this.#closed = true;
    this.#wake.resolve();
  }

  /**
   * Takes events out, in the order of their last change.
   *
   * @param options What ends it.
   * @returns The events, until the queue is closed or the signal aborts.
   */
  async *read(
    { signal }: ReadEventsOptions = {},
  ): AsyncIterableIterator<ExternalEvent<T>> {
    const stop = (): void => this.#wake.resolve();
    signal?.addEventListener("abort", stop, { once: true });
    try {
      while (!signal?.aborted) {
        const [next] = this.#events;
        if (next !== undefined) {
          this.#events.delete(next[0]);
          yield next[1];
        } else if (this.#closed) return;
        else {
          this.#wake = Promise.withResolvers();
          await this.#wake.promise;
        }
      }
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }
}

/** Two changes as one; none if what came has gone. */
function merge<T>(
  { type }: ExternalEvent<T>,
  next: ExternalEvent<T>,
): ExternalEvent<T> | undefined {
  if (next.type === "removed") return type === "added" ? undefined : next;
  if (type === "removed") return { ...next, type: "modified" };
  return { ...next, type };
}
