import type { WatchEvent } from "../client/resource_reader.ts";
import { type Kind, kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ReflectorEvent } from "./reflector_event.ts";
import { isNewerVersion } from "./resource_version.ts";
import { SeenObjects } from "./seen_objects.ts";

/**
 * Options of a {@linkcode ReflectorProgress}.
 *
 * @typeParam T The object type.
 */
export interface ReflectorProgressOptions<T> {
  /** The kind of the objects. */
  readonly kind: Kind;
  /** Changes each object first. */
  readonly transform?: ((object: T) => T) | undefined;
  /** Hears of oddities. */
  readonly warn: (message: string) => void;
}

/** What came of a batch of watch events. */
export interface ReadBatch<T> {
  /** What they tell, in order. */
  readonly events: readonly ReflectorEvent<T>[];
  /** What ends the stream after them: an error event, or a failed transform. */
  readonly error: unknown;
}

/**
 * How far a reflector has come: it turns watch events into events of the
 * reflector, and knows where the next stream goes on.
 *
 * @typeParam T The object type.
 */
export class ReflectorProgress<T extends KubeObject> {
  readonly #options: ReflectorProgressOptions<T>;
  #seen = new SeenObjects<T>();
  /** What was there before the list, while there is a list. */
  #before: SeenObjects<T> | undefined;
  #resourceVersion: string | undefined;
  #answers = 0;
  #hasBookmarks = false;
  #isSynced = false;

  /**
   * Starts at nothing.
   *
   * @param options The kind and what to do with objects.
   */
  constructor(options: ReflectorProgressOptions<T>) {
    this.#options = options;
  }

  /** Where a watch goes on; `undefined` if everything must be listed. */
  get resourceVersion(): string | undefined {
    return this.#resourceVersion;
  }

  /** How many batches were read, which shows that the server is alive. */
  get answers(): number {
    return this.#answers;
  }

  /** Whether the server is known to send bookmarks. */
  get hasBookmarks(): boolean {
    return this.#hasBookmarks;
  }

  /** Whether there has been a complete list. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** How many objects the unfinished list has; `undefined` without one. */
  get listed(): number | undefined {
    return this.#before && this.#seen.size;
  }

  /** Gives up the version, so that everything is listed next. */
  forget(): void {
    this.#resourceVersion = undefined;
  }

  /** Starts a new list; one that was not completed counts for nothing. */
  startList(): void {
    this.forget();
    // That of a list that was not completed is as true as any.
    this.#before ??= this.#seen;
    this.#seen = new SeenObjects();
  }

  /** Starts to read another stream. */
  startStream(): void {
    this.#seen.startStream();
  }

  /**
   * Adds objects to the list.
   *
   * @param objects Some of all objects.
   */
  collect(objects: readonly T[]): void {
    for (const object of objects) this.#change("ADDED", object);
  }

  /**
   * Ends the list.
   *
   * @param resourceVersion The version of the list.
   * @returns All of it.
   * @throws {Error} If there is no version to watch from.
   */
  complete(resourceVersion: string | undefined): ReflectorEvent<T> {
    if (!resourceVersion) {
      throw new Error(
        `Cannot follow ${kindId(this.#options.kind)}: ` +
          "the list has no resourceVersion",
      );
    }
    const objects = this.#seen.list();
    this.#before = undefined;
    this.#resourceVersion = resourceVersion;
    this.#isSynced = true;
    return { type: "replaced", objects, resourceVersion };
  }

  /**
   * Reads what arrived together.
   *
   * @param batch Events of a watch.
   * @returns What they tell.
   */
  read(batch: readonly WatchEvent<T>[]): ReadBatch<T> {
    this.#answers++;
    const events: ReflectorEvent<T>[] = [];
    try {
      for (const event of batch) {
        const told = this.#read(event);
        if (told) events.push(told);
      }
    } catch (error) {
      return { events, error };
    }
    return { events, error: undefined };
  }

  #read(event: WatchEvent<T>): ReflectorEvent<T> | undefined {
    switch (event.type) {
      case "ADDED":
      case "MODIFIED":
      case "DELETED":
        return this.#change(event.type, event.object);
      case "BOOKMARK":
        return this.#bookmark(event.resourceVersion, event.initialEventsEnd);
      case "ERROR":
        throw event.error;
      default:
        this.#options.warn("Ignoring watch events of an unknown type");
    }
  }

  #bookmark(version: string, end: boolean): ReflectorEvent<T> | undefined {
    if (!version) {
      this.#options.warn("Ignoring bookmarks without resourceVersion");
      return;
    }
    this.#hasBookmarks = true;
    if (this.#before) return end ? this.complete(version) : undefined;
    if (!this.#advance(version) && version !== this.#resourceVersion) {
      this.#options.warn("Ignoring bookmarks that go back in time");
    }
  }

  #change(
    type: "ADDED" | "MODIFIED" | "DELETED",
    received: T,
  ): ReflectorEvent<T> | undefined {
    if (!this.#isUsable(received)) {
      this.#options.warn("Ignoring objects without usable metadata");
      return;
    }
    // First, for an event whose transform fails is read again.
    const object = this.#before?.same(received) ??
      this.#options.transform?.(received) ?? received;
    const deleted = type === "DELETED";
    const isNews = deleted
      ? this.#seen.acceptDeleted(object)
      : this.#seen.accept(object);
    if (this.#before) return;
    this.#advance(received.metadata.resourceVersion);
    if (!isNews) return;
    return { type: deleted ? "deleted" : "applied", object };
  }

  /** Types promise metadata; the server sends what it likes. */
  #isUsable(object: Partial<T> | null): boolean {
    const metadata = object?.metadata;
    if (typeof metadata?.name !== "string" || metadata.name === "") {
      return false;
    }
    return this.#options.kind.scope === "Cluster" ||
      typeof metadata.namespace === "string" && metadata.namespace !== "";
  }

  #advance(version: string | undefined): boolean {
    if (!version || !isNewerVersion(version, this.#resourceVersion)) {
      return false;
    }
    this.#resourceVersion = version;
    return true;
  }
}
