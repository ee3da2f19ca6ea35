import type {
  PageOptions,
  WatchOptions,
} from "../core/client/request_options.ts";
import type {
  Page,
  ResourceReader,
  WatchEvent,
} from "../core/client/resource_reader.ts";
import type { Kind } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";

/** A kind for tests. */
export const Widget: Kind = {
  group: "example.io",
  version: "v1",
  apiVersion: "example.io/v1",
  kind: "Widget",
  plural: "widgets",
  scope: "Namespaced",
};

/** An object for tests; uid `name-1` unless another is given. */
export function widget(
  name: string,
  resourceVersion: string,
  uid: string = `${name}-1`,
): KubeObject {
  return {
    apiVersion: "example.io/v1",
    kind: "Widget",
    metadata: {
      name,
      namespace: "ns",
      uid,
      resourceVersion,
      creationTimestamp: "2025-01-01T00:00:00Z",
    },
  };
}

/** A request that a test answers bit by bit. */
export class ScriptedRequest<Item, Options extends { signal?: unknown }>
  implements AsyncIterableIterator<Item> {
  /** What was asked for. */
  readonly options: Options;
  /** Whether the caller has left, or got the end or an error. */
  isClosed = false;
  readonly #items: (IteratorResult<Item> | { readonly error: unknown })[] = [];
  #wake = Promise.withResolvers<void>();
  readonly #signal: AbortSignal | undefined;

  constructor(options: Options & { signal?: AbortSignal | undefined }) {
    this.options = options;
    this.#signal = options.signal;
    this.#signal?.addEventListener("abort", this.#abort);
    if (this.#signal?.aborted) this.#abort();
  }

  /** Answers with one more item. */
  send(item: Item): void {
    this.#push({ value: item, done: false });
  }

  /** Ends the answer in good order. */
  end(): void {
    this.#push({ value: undefined, done: true });
  }

  /** Ends the answer with an error. */
  fail(error: unknown): void {
    this.#push({ error });
  }

  async next(): Promise<IteratorResult<Item>> {
    if (this.isClosed) return { value: undefined, done: true };
    while (this.#items.length === 0) await this.#wake.promise;
    const item = this.#items.shift();
    if (item === undefined) throw new Error("Cannot be: the queue is empty");
    if ("error" in item) {
      this.#close();
      throw item.error;
    }
    if (item.done) this.#close();
    return item;
  }

  return(): Promise<IteratorResult<Item>> {
    this.#close();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #abort = () => {
    this.#items.length = 0;
    this.fail(this.#signal?.reason);
  };

  #push(item: IteratorResult<Item> | { readonly error: unknown }): void {
    this.#items.push(item);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  #close(): void {
    this.isClosed = true;
    this.#signal?.removeEventListener("abort", this.#abort);
  }
}

/** A list that a test answers. */
export type ScriptedList = ScriptedRequest<Page<KubeObject>, PageOptions>;

/** A watch that a test answers. */
export type ScriptedWatch = ScriptedRequest<
  readonly WatchEvent<KubeObject>[],
  WatchOptions
>;

/** An API server whose part a test plays, request by request. */
export class ScriptedReader implements ResourceReader<KubeObject> {
  readonly kind: Kind;
  /** The requests so far, in order. */
  readonly log: ("list" | "watch")[] = [];
  readonly #lists = new Arrivals<ScriptedList>();
  readonly #watches = new Arrivals<ScriptedWatch>();

  constructor(kind: Kind = Widget) {
    this.kind = kind;
  }

  /** The next list that is asked for. */
  list(): Promise<ScriptedList> {
    return this.#lists.take();
  }

  /** The next watch that is asked for. */
  watch(): Promise<ScriptedWatch> {
    return this.#watches.take();
  }

  /** The next watch, which must be a streamed list; answers it. */
  async streamedList(
    objects: readonly KubeObject[],
    resourceVersion: string,
  ): Promise<ScriptedWatch> {
    const watch = await this.watch();
    if (!watch.options.sendInitialEvents) {
      throw new Error("Expected a streamed list, got a watch");
    }
    watch.send([
      ...objects.map((object) => ({ type: "ADDED" as const, object })),
      { type: "BOOKMARK", resourceVersion, initialEventsEnd: true },
    ]);
    return watch;
  }

  pages(options: PageOptions = {}): ScriptedList {
    this.log.push("list");
    return this.#lists.put(new ScriptedRequest(options));
  }

  watchBatches(options: WatchOptions = {}): ScriptedWatch {
    this.log.push("watch");
    return this.#watches.put(new ScriptedRequest(options));
  }
}

/** A queue whose reader may come first. */
class Arrivals<T> {
  readonly #waiting: ((item: T) => void)[] = [];
  readonly #items: T[] = [];

  put(item: T): T {
    const taken = this.#waiting.shift();
    if (taken) taken(item);
    else this.#items.push(item);
    return item;
  }

  take(): Promise<T> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
