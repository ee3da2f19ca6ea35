import { isNewerVersion } from "./resource_version.ts";

/** What a {@linkcode SeenVersions} needs to know of an event. */
export interface SeenEvent {
  /** Whether the object went. */
  readonly deleted: boolean;
  /** Uid of the object. */
  readonly uid: string;
  /** Its version; that of the deletion if it went. */
  readonly resourceVersion: string | undefined;
}

/**
 * Remembers the version of each object, so that no object goes back in time.
 *
 * Versions are compared for one uid only: servers behind an aggregation layer
 * may send those of different objects out of order.
 */
export class SeenVersions {
  readonly #live = new Map<string, string | undefined>();
  /** Of objects that went since the last stream started, and the one before. */
  #gone = new Map<string, string | undefined>();
  #goneBefore = new Map<string, string | undefined>();

  /**
   * Takes note of an event.
   *
   * @param event The event.
   * @returns Whether it is news; a repetition or an older state is not.
   */
  accept({ deleted, uid, resourceVersion }: SeenEvent): boolean {
    const last = this.#live.get(uid);
    const live = last !== undefined || this.#live.has(uid);
    const known = live
      ? last
      : this.#gone.get(uid) ?? this.#goneBefore.get(uid);
    const isNews = known === undefined ||
      isNewerVersion(resourceVersion, known) ||
      // Some servers send the last version again when an object goes.
      (deleted && live && resourceVersion === known);
    if (!isNews) return false;
    if (deleted) {
      this.#live.delete(uid);
      this.#gone.set(uid, resourceVersion);
    } else {
      this.#live.set(uid, resourceVersion);
    }
    return true;
  }

  /** How many objects were seen and have not gone. */
  get size(): number {
    return this.#live.size;
  }

  /**
   * Whether an object was seen and has not gone.
   *
   * @param uid Its uid.
   * @returns Whether it is there.
   */
  isLive(uid: string): boolean {
    return this.#live.has(uid);
  }

  /** Forgets objects that went so long ago that nobody tells of them again. */
  startStream(): void {
    this.#goneBefore = this.#gone;
    this.#gone = new Map();
  }
}
