import { StatusError } from "../http/status_error.ts";
import { expired } from "../http/status_errors.ts";
import type { RequestContext } from "../http/request_context.ts";
import type { OpenWatch } from "../server_state.ts";
import type { StoreEvent } from "../store/store_event.ts";
import type { StoredObject } from "../store/stored_object.ts";
import type { ListOptions } from "./list_options.ts";
import type { WatchEvents } from "./watch_events.ts";

/** How long a watch lasts that does not say, in milliseconds. */
const LASTS = 1_800_000;

/** The open answer to a watch. */
export class WatchStream implements OpenWatch {
  /** What the client gets. */
  readonly response: Response;
  /** Name of the collection it looks at. */
  readonly collection: string;
  readonly #context: RequestContext;
  readonly #options: ListOptions;
  readonly #ended: (() => void)[] = [];
  readonly #from: number;
  /** What is still to be sent where a webhook converts. */
  #queue: Promise<void> = Promise.resolve();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** What is kept back while the watch is paused. */
  #held: Uint8Array[] | undefined;

  /**
   * Opens the answer, still without events.
   *
   * @param context The request.
   * @param options Its query.
   */
  constructor(context: RequestContext, options: ListOptions) {
    this.#context = context;
    this.#options = options;
    this.#from = Number(options.resourceVersion);
    this.collection = context.resource.collection;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.#finish(),
    });
    const headers = {
      "content-type": "application/json",
      "cache-control": "no-cache, private",
    };
    this.response = new Response(body, { headers });
    context.state.watches.add(this);
  }

  /** Sends what there is, or what was missed, and then what happens. */
  start(events: WatchEvents): void {
    if (this.#controller === undefined) return; // The client has gone.
    const { state, resource } = this.#context;
    const { store, clock } = state;
    const { initialEvents, resourceVersion, timeoutSeconds } = this.#options;
    const collection = store.collection(resource.collection);
    if (initialEvents) {
      const present = events.present();
      const { revision } = store;
      this.#converted(events, present, () => {
        for (const stored of present) this.#sendLine(events.initial(stored));
        if (this.#options.bookmarks) {
          this.#send(events.bookmark(revision, true));
        }
      });
    } else if (resourceVersion !== "" && resourceVersion !== "0") {
      const from = this.#from;
      if (from < collection.compacted) {
        const oldest = collection.compacted;
        const { status } = expired(
          `too old resource version: ${from} (${oldest})`,
        );
        return this.fail(events.failure(status));
      }
      for (const event of collection.since(from)) {
        this.#sendChange(events, event);
      }
    }
    this.#ended.push(
      collection.subscribe((event) => this.#sendChange(events, event)),
      clock.setTimer(
        () => this.end(),
        timeoutSeconds > 0 ? timeoutSeconds * 1000 : LASTS,
      ),
    );
    if (this.#options.bookmarks) this.#scheduleBookmark(events);
  }

  /** Sends a last line and ends. */
  fail(line: Uint8Array): void {
    this.#send(line);
    this.end();
  }

  /** Ends the stream as a server does that shuts down. */
  end(): void {
    const controller = this.#controller;
    this.#finish();
    controller?.close();
  }

  /** Breaks the stream as a network does. */
  drop(): void {
    const controller = this.#controller;
    this.#finish();
    controller?.error(new Error("connection dropped"));
  }

  /** Keeps events back until {@linkcode WatchStream.resume}. */
  pause(): void {
    this.#held ??= [];
  }

  /** Sends what was kept back, and goes on. */
  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const line of held) this.#send(line);
  }

  #scheduleBookmark(events: WatchEvents): void {
    const { clock, store, bookmarkInterval } = this.#context.state;
    let cancel = () => {};
    const schedule = (): void => {
      cancel = clock.setTimer(() => {
        const { revision } = store;
        this.#converted(events, [], () => {
          this.#send(events.bookmark(revision, false));
        });
        schedule();
      }, bookmarkInterval);
    };
    schedule();
    this.#ended.push(() => cancel());
  }

  #sendChange(events: WatchEvents, event: StoreEvent): void {
    if (event.revision <= this.#from) return;
    const { current, previous } = event;
    const objects = previous === undefined ? [current] : [previous, current];
    this.#converted(events, objects, () => {
      this.#sendLine(events.change(event));
    });
  }

  /**
   * Sends something when a webhook has converted the objects in it, and what
   * was to be sent before has been sent: at once where none converts.
   */
  #converted(
    events: WatchEvents,
    objects: readonly StoredObject[],
    send: () => void,
  ): void {
    const { conversion } = this.#context.resource;
    if (conversion === undefined) return send();
    this.#queue = this.#queue.then(async () => {
      await conversion.read(objects.map(({ object }) => object));
      send();
    }).catch((error) => {
      if (!(error instanceof StatusError)) throw error;
      this.fail(events.failure(error.status));
    });
  }

  #sendLine(line: Uint8Array | undefined): void {
    if (line !== undefined) this.#send(line);
  }

  #send(line: Uint8Array): void {
    if (this.#held === undefined) this.#controller?.enqueue(line);
    else this.#held.push(line);
  }

  #finish(): void {
    this.#controller = undefined;
    for (const stop of this.#ended.splice(0)) stop();
    this.#context.state.watches.delete(this);
  }
}
