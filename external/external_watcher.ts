import { EventQueue } from "./event_queue.ts";
import type { ExternalEvent } from "./external_event.ts";
import { poll, type PollOptions } from "./poll.ts";
import type { Poller } from "./poller.ts";

/** Options of {@linkcode ExternalWatcher}; `run` gives the signal. */
export interface ExternalWatcherOptions extends Omit<PollOptions, "signal"> {
  /**
   * How many polls in a row must fail before it is no longer ready.
   *
   * @default {5}
   */
  readonly failureThreshold?: number | undefined;
}

/** Options of {@linkcode ExternalWatcher.events} and {@linkcode ExternalWatcher.run}. */
export interface ExternalWatcherSignal {
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Polls for several consumers, and knows what there is.
 *
 * Start it with `run([watcher])`, beside the controllers. Each consumer gets
 * everything there is as `"added"`, then what changes, at its own speed: what
 * changes twice meanwhile is told once. While the source is out of order the
 * watcher keeps what it knew; nothing counts as removed.
 *
 * @example One poller, a cache and two consumers
 * ```ts
 * import { ExternalWatcher, MemoryStore, objectStorePoller } from "@koprs/koprs/external";
 * import { start } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new MemoryStore();
 * store.put("a.json", "{}");
 * const watcher = new ExternalWatcher(objectStorePoller(store));
 * await using _running = start(watcher);
 *
 * const { signal } = new AbortController();
 * for (const consumer of ["one", "two"]) {
 *   for await (const { type, key } of watcher.events({ signal })) {
 *     assertEquals([consumer, type, key], [consumer, "added", "a.json"]);
 *     break;
 *   }
 * }
 * assertEquals(watcher.get("a.json")?.size, 2);
 * ```
 *
 * @typeParam T What changes.
 */
export class ExternalWatcher<T> {
  /** The name of the poller. */
  readonly name: string;
  /** It stops after the controllers that use it. */
  readonly role = "service";
  readonly #poller: Poller<T>;
  readonly #options: ExternalWatcherOptions;
  readonly #objects = new Map<string, T>();
  readonly #consumers = new Set<EventQueue<T>>();
  #synced = false;
  #failures = 0;

  /**
   * Polls nothing yet.
   *
   * @param poller Whom to ask.
   * @param options How often.
   */
  constructor(poller: Poller<T>, options: ExternalWatcherOptions = {}) {
    this.name = poller.name;
    this.#poller = poller;
    this.#options = options;
  }

  /**
   * Whether it knows what there is, and how it changes.
   *
   * @returns Whether a poll went well, and not too many have failed since.
   */
  ready(): boolean {
    const { failureThreshold = 5 } = this.#options;
    return this.#synced && this.#failures < failureThreshold;
  }

  /**
   * What is known by a key.
   *
   * @param key The key.
   * @returns The object; `undefined` if there is none.
   */
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  /**
   * All that is known.
   *
   * @returns Keys and objects.
   */
  entries(): IterableIterator<[string, T]> {
    return this.#objects.entries();
  }

  /**
   * Polls until the signal aborts.
   *
   * @param options When to stop.
   * @returns When it has stopped.
   */
  async run({ signal }: ExternalWatcherSignal): Promise<void> {
    const onPoll: PollOptions["onPoll"] = (outcome) => {
      this.#failures = outcome.failures;
      this.#synced ||= outcome.failures === 0;
      this.#options.onPoll?.(outcome);
    };
    const options = { ...this.#options, signal, onPoll };
    for await (const event of poll(this.#poller, options)) {
      if (event.type === "removed") this.#objects.delete(event.key);
      else this.#objects.set(event.key, event.object);
      for (const consumer of this.#consumers) consumer.push(event);
    }
  }

  /**
   * Follows what there is, for one consumer.
   *
   * @param options What ends it.
   * @returns What there is, then the changes, until the signal aborts.
   */
  async *events(
    { signal }: ExternalWatcherSignal,
  ): AsyncIterableIterator<ExternalEvent<T>> {
    const queue = new EventQueue<T>();
    for (const [key, object] of this.#objects) {
      queue.push({ type: "added", key, object });
    }
    this.#consumers.add(queue);
    try {
      yield* queue.read({ signal });
    } finally {
      this.#consumers.delete(queue);
    }
  }
}
