import { formatKey } from "../kind/key.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import type { WriteResult } from "../client/object_cache.ts";
import type { Writer } from "../client/writer.ts";
import { isNewer } from "./resource_version.ts";
import { foreign, type ObservedChange } from "./observed_change.ts";
import type { Store } from "./store.ts";
import type { StoreChange } from "./store_change.ts";

/** A key with a write on its way, or written but not yet seen in the watch. */
interface Pending<T> {
  /** The key. */
  readonly key: ObjectKey;
  /** Writes without an answer. */
  inFlight: number;
  /** The object as the watch last showed it. */
  observed: T | undefined;
  /** Versions that own writes made and the watch has not shown, by writer. */
  readonly versions: Map<string, Writer | undefined>;
  /** Uids that own deletions removed and the watch has not shown, by writer. */
  readonly goneUids: Map<string, Writer | undefined>;
  /** What the watch showed while a write had no answer. */
  readonly deferred: StoreChange<T>[];
}

/** What an overlay works on. */
export interface WriteOverlayOptions<T extends KubeObject> {
  /** Where the newest state of each object goes. */
  readonly store: Store<T>;
  /** Whether an object belongs into the store. */
  readonly matches: (object: T) => boolean;
  /** Hears of every change that the watch shows; own ones are marked. */
  readonly emit: (change: ObservedChange<T>) => void;
}

/**
 * Lets a process read its own writes, and tells the events that confirm them
 * from the changes of others.
 *
 * The answer to a write goes into the store at once. The watch shows the same
 * change before or after the answer arrives: events of a key with a write on
 * its way wait for the answer. The idea of reading through own writes is that
 * of the Java Operator SDK's `TemporaryResourceCache`.
 *
 * @typeParam T The object type.
 */
export class WriteOverlay<T extends KubeObject> {
  readonly #store: Store<T>;
  readonly #matches: (object: T) => boolean;
  readonly #emit: (change: ObservedChange<T>) => void;
  readonly #pending = new Map<string, Pending<T>>();

  /**
   * Makes an overlay.
   *
   * @param options The store, what belongs into it, and who hears of changes.
   */
  constructor({ store, matches, emit }: WriteOverlayOptions<T>) {
    this.#store = store;
    this.#matches = matches;
    this.#emit = emit;
  }

  /**
   * Says that a write is on its way.
   *
   * @param key The key of the object.
   */
  beginWrite(key: ObjectKey): void {
    const id = formatKey(key);
    const pending = this.#pending.get(id) ?? {
      key,
      inFlight: 0,
      observed: this.#store.get(key),
      versions: new Map<string, Writer | undefined>(),
      goneUids: new Map<string, Writer | undefined>(),
      deferred: [],
    };
    pending.inFlight += 1;
    this.#pending.set(id, pending);
  }

  /**
   * Says how a write ended.
   *
   * @param key The key of the object.
   * @param result What came of it; empty when it failed.
   */
  endWrite(key: ObjectKey, result: WriteResult<T>): void {
    const { object, goneUid, writer } = result;
    const pending = this.#pendingOf(key);
    if (pending === undefined) return;
    pending.inFlight -= 1;
    if (object !== undefined) {
      const shown = this.#written(object, pending);
      if (shown) pending.versions.set(object.metadata.resourceVersion, writer);
    }
    if (goneUid !== undefined) {
      pending.goneUids.set(goneUid, writer);
      if (this.#store.get(key)?.metadata.uid === goneUid) {
        this.#store.delete(key);
      }
    }
    if (pending.inFlight === 0) {
      for (const change of pending.deferred.splice(0)) {
        this.#deliver(change, pending);
      }
    }
    this.#settle(key, pending);
  }

  /**
   * Takes an object that the watch shows.
   *
   * @param object The object.
   */
  applied(object: T): void {
    const key = object.metadata;
    const pending = this.#pendingOf(key);
    const current = this.#store.get(key);
    const old = pending === undefined ? current : pending.observed;
    if (old !== undefined && !isNewer(object, old)) return;
    if (pending === undefined) this.#store.set(object);
    else {
      pending.observed = object;
      const gone = pending.goneUids.has(object.metadata.uid);
      // An equal one, too, so that the answer to the write need not be kept.
      if (!gone && (current === undefined || !isNewer(current, object))) {
        this.#store.set(object);
      }
    }
    if (old !== undefined && old.metadata.uid !== object.metadata.uid) {
      this.#show({ type: "deleted", object: old }, pending);
      this.#show({ type: "added", object }, pending);
    } else if (old === undefined) {
      this.#show({ type: "added", object }, pending);
    } else this.#show({ type: "modified", object, old }, pending);
  }

  /**
   * Takes a deletion that the watch shows.
   *
   * @param object The last state of the object.
   */
  deleted(object: T): void {
    const key = object.metadata;
    const pending = this.#pendingOf(key);
    const current = this.#store.get(key);
    const known = pending === undefined ? current : pending.observed;
    if (current !== undefined && !isNewer(current, object)) {
      this.#store.delete(key);
    }
    if (pending !== undefined) pending.observed = undefined;
    if (known !== undefined) this.#show({ type: "deleted", object }, pending);
  }

  /**
   * Takes a complete list.
   *
   * What happened in between is unknown, so nothing of it counts as own.
   *
   * @param objects All objects there are.
   * @param resourceVersion The version of the list.
   */
  replaced(objects: readonly T[], resourceVersion: string): void {
    const steps = this.replacing(objects, resourceVersion);
    for (;;) {
      const { done, value } = steps.next();
      if (!done) continue;
      for (const change of value) this.#emit(foreign(change));
      return;
    }
  }

  /**
   * Takes a complete list in small steps, between which objects may be read
   * and written; the last one changes the store at once.
   *
   * @param objects All objects there are.
   * @param resourceVersion The version of the list.
   * @returns The changes, after some steps: nobody has heard of them, and none
   * is our own.
   */
  *replacing(
    objects: readonly T[],
    resourceVersion: string,
  ): Generator<void, Iterable<StoreChange<T>>, undefined> {
    const list = { metadata: { resourceVersion } };
    // The differences are those to what the watch had shown.
    const replacement = yield* this.#store.prepare(objects, {
      get: (key) => {
        const pending = this.#pendingOf(key);
        return pending === undefined ? this.#store.get(key) : pending.observed;
      },
      others: () =>
        [...this.#pending.values()].flatMap(({ observed }) => observed ?? []),
    });
    const ahead = [...this.#pending.values()].flatMap(({ key }) =>
      this.#store.get(key) ?? []
    );
    replacement.commit();
    for (const pending of this.#pending.values()) {
      const { key, goneUids } = pending;
      pending.observed = this.#store.get(key);
      if (goneUids.has(pending.observed?.metadata.uid ?? "")) {
        this.#store.delete(key);
      }
      for (const version of pending.versions.keys()) {
        const own = { metadata: { resourceVersion: version } };
        if (!isNewer(own, list)) pending.versions.delete(version);
      }
    }
    for (const object of ahead) {
      if (isNewer(object, list)) this.#store.set(object);
    }
    return replacement.changes;
  }

  /** Takes note that there are no objects any more, and none to watch. */
  cleared(): void {
    for (const pending of this.#pending.values()) {
      pending.versions.clear();
      pending.goneUids.clear();
      pending.deferred.splice(0);
    }
    this.replaced([], "0");
    for (const { key, inFlight } of this.#pending.values()) {
      this.#store.delete(key);
      if (inFlight === 0) this.#pending.delete(formatKey(key));
    }
  }

  /** Mostly nothing is: no need to compose a key for each event then. */
  #pendingOf(key: ObjectKey): Pending<T> | undefined {
    return this.#pending.size === 0
      ? undefined
      : this.#pending.get(formatKey(key));
  }

  /** Puts the answer to a write into the store; whether the watch shows it. */
  #written(object: T, pending: Pending<T>): boolean {
    const { metadata } = object;
    const current = this.#store.get(metadata);
    if (current === undefined || isNewer(object, current)) {
      if (this.#matches(object)) this.#store.set(object);
      else if (current !== undefined) this.#store.delete(metadata);
    }
    return this.#matches(object) || pending.observed !== undefined;
  }

  /** Shows a change now, or once the writes on their way have an answer. */
  #show(change: StoreChange<T>, pending: Pending<T> | undefined): void {
    if (pending === undefined) this.#emit(foreign(change));
    else if (pending.inFlight > 0) pending.deferred.push(change);
    else {
      this.#deliver(change, pending);
      this.#settle(change.object.metadata, pending);
    }
  }

  #deliver(change: StoreChange<T>, pending: Pending<T>): void {
    const { uid, resourceVersion } = change.object.metadata;
    const { versions, goneUids } = pending;
    const isDeleted = change.type === "deleted";
    const own = versions.has(resourceVersion) ||
      isDeleted && goneUids.has(uid);
    const writer = versions.get(resourceVersion) ??
      (isDeleted ? goneUids.get(uid) : undefined);
    versions.delete(resourceVersion);
    if (isDeleted) goneUids.delete(uid);
    this.#emit({ ...change, writer, own, initial: false });
  }

  /** Forgets a key once the watch has shown everything that was written. */
  #settle(key: ObjectKey, pending: Pending<T>): void {
    const { observed, versions, goneUids } = pending;
    if (pending.inFlight > 0) return;
    for (const version of versions.keys()) {
      const seen = observed !== undefined &&
        !isNewer({ metadata: { resourceVersion: version } }, observed);
      if (seen) versions.delete(version);
    }
    for (const uid of goneUids.keys()) {
      const unseen = observed?.metadata.uid === uid || versions.size > 0;
      if (!unseen) goneUids.delete(uid);
    }
    if (versions.size === 0 && goneUids.size === 0) {
      this.#pending.delete(formatKey(key));
    }
  }
}
