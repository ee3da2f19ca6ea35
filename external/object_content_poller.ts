import { getLogger } from "../core/telemetry/logger.ts";
import type { BodyDecoder } from "./body_decoder.ts";
import type { ExternalEvent } from "./external_event.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import {
  objectStorePoller,
  type ObjectStorePollerOptions,
} from "./object_store_poller.ts";
import type { Poller, PollerOptions } from "./poller.ts";

/**
 * An object of a store, and what it holds.
 *
 * @typeParam T The type of the content.
 */
export interface ObjectWithContent<T> extends StoredObject {
  /** What it holds; what it held, once it is removed. */
  readonly content: T;
}

/**
 * Options of {@linkcode objectContentPoller}.
 *
 * @typeParam T The type of the content.
 */
export interface ObjectContentPollerOptions<T>
  extends ObjectStorePollerOptions {
  /** Makes a value of the bytes, such as `jsonBody(schema)` or `textBody`. */
  readonly decode: BodyDecoder<T>;
  /**
   * The most bytes of one object.
   *
   * @default {10485760}
   */
  readonly maxBytes?: number | undefined;
  /**
   * How many bytes to read in one poll; what is left comes with the next one.
   *
   * @default {67108864}
   */
  readonly maxBytesPerPoll?: number | undefined;
}

/**
 * Polls a store for objects, and reads those that are new or have changed.
 *
 * An object that is too large or cannot be decoded is logged once and stays as
 * it was known; the others are told. Keeps what it has decoded.
 *
 * @example Follow JSON in a bucket
 * ```ts
 * import { jsonBody, MemoryStore, objectContentPoller } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const store = new MemoryStore();
 * store.put("a.json", '{"color":"blue"}');
 * store.put("b.json", "oops");
 * const decode = jsonBody(z.object({ color: z.string() }));
 *
 * const events = await objectContentPoller(store, { decode }).poll(new AbortController());
 * assertEquals(events.map(({ object }) => object.content.color), ["blue"]);
 * ```
 *
 * @typeParam T The type of the content.
 * @param store The store.
 * @param options Which objects, and how to read them.
 * @returns The poller; events have the keys of the objects.
 */
export function objectContentPoller<T>(
  store: ObjectStore,
  options: ObjectContentPollerOptions<T>,
): Poller<ObjectWithContent<T>> {
  return new ObjectContentPoller(store, options);
}

class ObjectContentPoller<T> implements Poller<ObjectWithContent<T>> {
  readonly name: string;
  readonly #store: ObjectStore;
  readonly #options: ObjectContentPollerOptions<T>;
  readonly #objects: Poller<StoredObject>;
  readonly #contents = new Map<string, T>();
  /** Objects that are too large or cannot be decoded. */
  readonly #unfit = new Map<string, string>();

  constructor(store: ObjectStore, options: ObjectContentPollerOptions<T>) {
    this.#store = store;
    this.#options = options;
    this.#objects = objectStorePoller(store, options);
    this.name = this.#objects.name;
  }

  async poll(
    { signal }: PollerOptions,
  ): Promise<readonly ExternalEvent<ObjectWithContent<T>>[]> {
    const { maxBytesPerPoll = 64 << 20 } = this.#options;
    const events: ExternalEvent<ObjectWithContent<T>>[] = [];
    let bytes = 0;
    for (const event of await this.#objects.poll({ signal })) {
      const { type, key, object } = event;
      if (type === "removed") {
        const content = this.#contents.get(key);
        // It was told with its content before.
        events.push({ ...event, object: { ...object, content: content as T } });
        continue;
      }
      if (this.#unfit.get(key) === versionOf(object)) continue;
      if (bytes > 0 && bytes + object.size > maxBytesPerPoll) break;
      bytes += object.size;
      const content = await this.#read(object, signal);
      if (content !== undefined) {
        events.push({
          type,
          key,
          object: { ...object, content: content.value },
        });
      }
    }
    return events;
  }

  taken(event: ExternalEvent<ObjectWithContent<T>>): void {
    const { content, ...object } = event.object;
    const { type, key } = event;
    this.#unfit.delete(key);
    if (type === "removed") this.#contents.delete(key);
    else this.#contents.set(key, content);
    this.#objects.taken?.({ type, key, object });
  }

  async #read(
    object: StoredObject,
    signal: AbortSignal,
  ): Promise<{ readonly value: T } | undefined> {
    const { key, size } = object;
    const { maxBytes = 10 << 20, decode } = this.#options;
    if (size > maxBytes) {
      return this.#skip(object, `it has more than ${maxBytes} bytes`);
    }
    const bytes = await this.#store.get(key, { maxBytes, signal });
    if (bytes === undefined) return undefined; // the next listing tells
    try {
      return { value: await decode(bytes) };
    } catch (error) {
      // Other errors quote what they cannot parse.
      const why = error instanceof TypeError ? error.message : "it is unfit";
      return this.#skip(object, why);
    }
  }

  #skip(object: StoredObject, why: string): undefined {
    this.#unfit.set(object.key, versionOf(object));
    getLogger("external").warning("Object cannot be used, skipped", {
      poller: this.name,
      key: object.key,
      why,
    });
  }
}

function versionOf({ etag, size, lastModified }: StoredObject): string {
  return JSON.stringify([etag, size, lastModified]);
}
