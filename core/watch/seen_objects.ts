import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import { ObjectTable } from "./object_table.ts";
import { isNewerVersion } from "./resource_version.ts";

/**
 * Remembers the last state of each object, so that none goes back in time.
 *
 * Versions are compared for one object only: servers behind an aggregation
 * layer may send those of different objects out of order.
 *
 * @typeParam T The object type.
 */
export class SeenObjects<T extends KubeObject> {
  readonly #live = new ObjectTable<T>();
  /** Versions of objects that went since the last stream started, by uid. */
  #gone = new Map<string, string | undefined>();
  /** Of those that went between that and the stream before. */
  #goneBefore = new Map<string, string | undefined>();

  /** How many objects there are. */
  get size(): number {
    return this.#live.size;
  }

  /**
   * Reads all objects there are.
   *
   * @returns A new array, namespace by namespace.
   */
  list(): T[] {
    return [...this.#live.values()];
  }

  /**
   * Takes note of an object.
   *
   * @param object The object.
   * @returns Whether it is news; a repetition or an older state is not.
   */
  accept(object: T): boolean {
    const { metadata } = object;
    // One with another uid was made when the old one had gone, so it is newer.
    const live = this.#live.get(metadata);
    const known = live === undefined
      ? this.#goneVersion(object)
      : live.metadata.resourceVersion;
    const isNews = isNewerVersion(metadata.resourceVersion, known);
    if (isNews) this.#live.set(metadata, object);
    return isNews;
  }

  /**
   * Takes note that an object went.
   *
   * @param object Its last state, with the version of the deletion.
   * @returns Whether it is news.
   */
  acceptDeleted(object: T): boolean {
    const { metadata } = object;
    const { uid, resourceVersion } = metadata;
    const live = this.#live.get(metadata);
    if (live !== undefined && live.metadata.uid !== uid) return false;
    const known = live === undefined
      ? this.#goneVersion(object)
      : live.metadata.resourceVersion;
    const isNews = isNewerVersion(resourceVersion, known) ||
      // Some servers send the last version again when an object goes.
      (live !== undefined && resourceVersion === known);
    if (!isNews) return false;
    this.#live.delete(metadata);
    this.#gone.set(identityOf(object), resourceVersion);
    return true;
  }

  /**
   * Finds a state that was seen.
   *
   * @param object The same state, read again.
   * @returns The object as it was seen, if it has not changed since.
   */
  same({ metadata }: T): T | undefined {
    const { uid, resourceVersion } = metadata;
    const live = this.#live.get(metadata);
    // Servers behind an aggregation layer may give no version.
    const isSame = Boolean(resourceVersion) && live?.metadata.uid === uid &&
      live.metadata.resourceVersion === resourceVersion;
    return isSame ? live : undefined;
  }

  /** Forgets objects that went so long ago that nobody tells of them again. */
  startStream(): void {
    this.#goneBefore = this.#gone;
    this.#gone = new Map();
  }

  #goneVersion(object: T): string | undefined {
    if (this.#gone.size === 0 && this.#goneBefore.size === 0) return undefined;
    const identity = identityOf(object);
    return this.#gone.get(identity) ?? this.#goneBefore.get(identity);
  }
}

/** Servers behind an aggregation layer may give no uid. */
function identityOf({ metadata }: KubeObject): string {
  return metadata.uid || formatKey(metadata);
}
