import {
  type ObjectStore,
  PollError,
  type StoredObject,
} from "@koprs/koprs/external";

/** A store whose listing a test sets. */
export class ListedStore implements ObjectStore {
  /** What to call it. */
  readonly name = "listed";
  /** What the next listing has. */
  objects: readonly StoredObject[] = [];
  /** After how many objects the next listings break off. */
  breakAt: number | undefined;

  /**
   * Makes a store.
   *
   * @param keys The keys of its objects.
   */
  constructor(keys: readonly string[] = []) {
    this.keys = keys;
  }

  /** The keys of the objects; all are alike. */
  set keys(keys: readonly string[]) {
    this.objects = keys.map((key) => ({ key, size: 1, etag: "1" }));
  }

  /** Lists what was set, up to where it breaks. */
  async *list(): AsyncIterableIterator<StoredObject> {
    await Promise.resolve();
    for (const [index, object] of this.objects.entries()) {
      if (index === this.breakAt) break;
      yield object;
    }
    if (this.breakAt === undefined) return;
    throw new PollError(`Cannot list "listed": AccessDenied (403)`, {
      code: 403,
    });
  }

  /** Holds nothing. */
  get(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
