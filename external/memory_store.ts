import { objectContent } from "./object_content.ts";
import type {
  GetObjectOptions,
  ObjectStore,
  StoredObject,
} from "./object_store.ts";

interface Entry {
  readonly object: StoredObject;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * Holds objects in memory, for tests and demonstrations.
 *
 * @example Put, list and get
 * ```ts
 * import { MemoryStore } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new MemoryStore();
 * store.put("flags/dark", "on");
 * const [object] = await Array.fromAsync(store.list("flags/"));
 * assertEquals([object?.key, object?.size], ["flags/dark", 2]);
 * ```
 */
export class MemoryStore implements ObjectStore {
  /** What to call it in logs. */
  readonly name: string;
  readonly #entries = new Map<string, Entry>();
  #writes = 0;

  /**
   * Makes an empty store.
   *
   * @param name What to call it in logs.
   */
  constructor(name = "memory") {
    this.name = name;
  }

  /**
   * Writes an object.
   *
   * @param key Its key.
   * @param content Its content; text is written in UTF-8.
   */
  put(key: string, content: string | Uint8Array): void {
    const bytes = typeof content === "string"
      ? new TextEncoder().encode(content)
      : new Uint8Array(content);
    const etag = `"${++this.#writes}"`;
    const object = { key, size: bytes.length, etag };
    this.#entries.set(key, { object, content: bytes });
  }

  /**
   * Deletes an object.
   *
   * @param key Its key.
   * @returns Whether there was one.
   */
  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  /**
   * Lists objects.
   *
   * @param prefix How their keys begin.
   * @returns The objects, oldest key first.
   */
  async *list(prefix: string): AsyncIterableIterator<StoredObject> {
    for (const { object } of [...this.#entries.values()]) {
      if (object.key.startsWith(prefix)) yield await Promise.resolve(object);
    }
  }

  /**
   * Reads an object.
   *
   * @param key Its key.
   * @param options How much it may be.
   * @returns A copy of its content; `undefined` if there is none.
   */
  async get(
    key: string,
    { maxBytes }: GetObjectOptions = {},
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const content = this.#entries.get(key)?.content;
    if (content === undefined) return undefined;
    return await objectContent([content], { store: this.name, key, maxBytes });
  }
}
