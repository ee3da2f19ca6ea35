import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { Collection } from "./collection.ts";
import type { StoreSnapshot } from "./store_snapshot.ts";
import { StoreEvent } from "./store_event.ts";
import { StoredObject } from "./stored_object.ts";

/** Where an object is stored. */
export interface StoreKey {
  /** Name of the collection, e.g. `apps/deployments`. */
  readonly collection: string;
  /** `namespace/name`, or the name of a cluster-wide object. */
  readonly key: string;
}

/** A change of any object. */
export interface StoreChange {
  /** Which object. */
  readonly at: StoreKey;
  /** What happened to it. */
  readonly event: StoreEvent;
}

/** Where the counter starts, so that small numbers are always too old. */
const FIRST_REVISION = 100;

/** All objects, under one counter of revisions, as etcd keeps them. */
export class ObjectStore {
  readonly #collections = new Map<string, Collection>();
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #untold: StoreChange[] = [];
  #telling = false;
  #revision = FIRST_REVISION;
  #compacted = FIRST_REVISION;

  /** The revision of the last change of any object. */
  get revision(): number {
    return this.#revision;
  }

  /** Revisions up to this one are forgotten. */
  get compacted(): number {
    return this.#compacted;
  }

  /** The objects of one resource. */
  collection(name: string): Collection {
    let found = this.#collections.get(name);
    if (found === undefined) {
      this.#collections.set(name, found = new Collection(this.#compacted));
    }
    return found;
  }

  /** All collections by name. */
  get collections(): ReadonlyMap<string, Collection> {
    return this.#collections;
  }

  /** Stores an object under a new revision. */
  put(at: StoreKey, object: JsonObject): StoredObject {
    const collection = this.collection(at.collection);
    const previous = collection.get(at.key);
    const current = this.#next(at.key, object);
    const type = previous === undefined ? "ADDED" : "MODIFIED";
    this.#record(at, new StoreEvent(type, current, previous));
    return current;
  }

  /** Removes an object; returns its last stored state with the new revision. */
  remove(at: StoreKey): StoredObject | undefined {
    const collection = this.collection(at.collection);
    const previous = collection.get(at.key);
    if (previous === undefined) return undefined;
    const current = this.#next(at.key, previous.object);
    this.#record(at, new StoreEvent("DELETED", current, previous));
    return current;
  }

  /** Forgets a collection and its history, as when its CRD goes. */
  drop(name: string): void {
    this.#collections.set(name, new Collection(this.#revision));
  }

  /** Copies all objects. */
  snapshot(): StoreSnapshot {
    const collections = Array.from(
      this.#collections,
      ([name, collection]) => [
        name,
        Object.fromEntries(
          Array.from(collection.values(), ({ key, object }) => [key, object]),
        ),
      ],
    );
    return {
      revision: this.#revision,
      collections: Object.fromEntries(collections),
    };
  }

  /**
   * Brings objects back as they were, with the resourceVersions they had.
   * Revisions go on from the greater one, and history begins anew.
   *
   * @param snapshot What {@linkcode ObjectStore.snapshot} made.
   * @param first A collection whose changes others depend on.
   */
  restore({ revision, collections }: StoreSnapshot, first: string): void {
    const others = Object.keys(collections).filter((name) => name !== first);
    for (const { key } of [...this.collection(first).values()]) {
      if (collections[first]?.[key] === undefined) {
        this.remove({ collection: first, key });
      }
    }
    for (const [key, object] of Object.entries(collections[first] ?? {})) {
      this.put({ collection: first, key }, object);
    }
    this.#revision = Math.max(this.#revision, revision) + 1;
    for (const name of new Set([...this.#collections.keys(), ...others])) {
      if (name === first) continue;
      const items = Object.entries(collections[name] ?? {}).map((
        [key, object],
      ) => new StoredObject(key, object, revisionOf(object)));
      this.#collections.set(name, new Collection(this.#revision, items));
    }
    this.compact();
  }

  /** Forgets all history. */
  compact(): void {
    this.#compacted = this.#revision;
    for (const collection of this.#collections.values()) {
      collection.compact(this.#revision);
    }
  }

  /**
   * Calls back after each change of any object, when all watches know of it;
   * what a listener changes is told afterwards.
   *
   * @param listener What to call.
   * @returns Ends that.
   */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back on the next change; returns what ends that. */
  onceChanged(callback: () => void): () => void {
    this.#waiting.add(callback);
    return () => this.#waiting.delete(callback);
  }

  #next(key: string, object: JsonObject): StoredObject {
    const revision = ++this.#revision;
    const resourceVersion = String(revision);
    const stamped = withMetadata(object, { resourceVersion });
    return new StoredObject(key, stamped, revision);
  }

  #record(at: StoreKey, event: StoreEvent): void {
    this.collection(at.collection).record(event);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const callback of waiting) callback();
    this.#untold.push({ at, event });
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (
        let change = this.#untold.shift();
        change !== undefined;
        change = this.#untold.shift()
      ) {
        for (const listener of this.#listeners) listener(change);
      }
    } finally {
      this.#telling = false;
    }
  }
}

function revisionOf(object: JsonObject): number {
  return Number(metadataOf(object).resourceVersion);
}
