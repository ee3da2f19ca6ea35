/** A line of a watch. */
interface WatchLine {
  readonly type: string;
  readonly object: {
    readonly metadata?: { readonly annotations?: Record<string, string> };
  };
}

const INITIAL_EVENTS_END = "k8s.io/initial-events-end";

/** A bookmark that marks nothing comes when the server likes. */
function isHeartbeat({ type, object }: WatchLine): boolean {
  return type === "BOOKMARK" &&
    object.metadata?.annotations?.[INITIAL_EVENTS_END] === undefined;
}

/** The events of one watch as they come, but for plain bookmarks. */
export class EventStream {
  readonly #events: unknown[] = [];
  readonly #abort = new AbortController();
  readonly #reading: Promise<void>;
  #ended = false;
  #wake = (): void => {};

  /**
   * Starts to read.
   *
   * @param body Body of the answer to a watch.
   */
  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reading = this.#read(body);
  }

  /**
   * Takes events.
   *
   * @param count How many.
   * @param wait How long to wait for them, in milliseconds.
   * @returns The events that came; the last is `"EOF"` if the stream ended.
   */
  async take(count: number, wait: number): Promise<unknown[]> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, wait);
    let isLate = false;
    late.promise.then(() => isLate = true);
    while (this.#events.length < count && !this.#ended && !isLate) {
      const more = Promise.withResolvers<void>();
      this.#wake = more.resolve;
      await Promise.race([more.promise, late.promise]);
    }
    clearTimeout(timer);
    late.resolve();
    const taken = this.#events.splice(0, count);
    return this.#ended && taken.length < count ? [...taken, "EOF"] : taken;
  }

  /** Stops reading. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#reading;
  }

  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const { signal } = this.#abort;
    let rest = "";
    try {
      const text = body.pipeThrough(new TextDecoderStream(), { signal });
      for await (const chunk of text) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        const events = lines.map((line): WatchLine => JSON.parse(line));
        this.#events.push(...events.filter((event) => !isHeartbeat(event)));
        this.#wake();
      }
    } catch {
      // Broken or closed: either way it ends here.
    }
    this.#ended = true;
    this.#wake();
  }
}
