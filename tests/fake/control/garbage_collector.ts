import { isObject } from "../merge/json_value.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ServerState } from "../server_state.ts";
import type { StoreChange } from "../store/object_store.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { deleteStored } from "../write/delete_stored.ts";

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

/**
 * Deletes objects with their owners, and the content of namespaces with them,
 * as the controllers of a cluster do, but at once.
 *
 * An object whose owner never existed stays, since tests like to make such.
 */
export class GarbageCollector {
  readonly #state: ServerState;
  readonly #dependents = new Map<string, Map<string, StoreChange["at"]>>();
  readonly #gone = new Set<string>();

  /**
   * Looks at everything that changes from now on.
   *
   * @param state The server.
   */
  constructor(state: ServerState) {
    this.#state = state;
    state.store.subscribe((change) => this.#changed(change));
  }

  #changed({ at, event }: StoreChange): void {
    const { current, previous, type } = event;
    if (previous !== undefined) this.#index(at, previous.object, false);
    if (type !== "DELETED") this.#index(at, current.object, true);
    const { uid = "", namespace, finalizers = [], ...meta } = metadataOf(
      current.object,
    );
    if (type === "DELETED") {
      this.#gone.add(uid);
      for (const dependent of this.#of(uid)) this.#collect(dependent);
      this.#dependents.delete(uid);
      this.#released(current.object);
      if (namespace !== undefined) this.#emptied(namespace);
      return;
    }
    if (type === "ADDED") this.#collect(at);
    if (meta.deletionTimestamp === undefined) return;
    if (at.collection === "namespaces") this.#empty(at.key);
    if (finalizers.includes(ORPHAN)) this.#orphan(at, uid);
    else if (finalizers.includes(FOREGROUND)) {
      for (const dependent of this.#of(uid)) {
        this.#delete(dependent, FOREGROUND);
      }
      this.#release(at, uid);
    }
  }

  #index(at: StoreChange["at"], object: JsonObject, isOwned: boolean): void {
    const id = `${at.collection}\0${at.key}`;
    for (const { uid } of metadataOf(object).ownerReferences ?? []) {
      const dependents = this.#dependents.get(uid) ?? new Map();
      if (isOwned) this.#dependents.set(uid, dependents.set(id, at));
      else dependents.delete(id);
    }
  }

  #of(uid: string): StoreChange["at"][] {
    return [...this.#dependents.get(uid)?.values() ?? []];
  }

  #find(at: StoreChange["at"]): StoredObject | undefined {
    return this.#state.store.collection(at.collection).get(at.key);
  }

  /** Deletes an object all of whose owners are gone. */
  #collect(at: StoreChange["at"]): void {
    const { ownerReferences = [] } = metadataOf(this.#find(at)?.object ?? {});
    if (ownerReferences.length === 0) return;
    const left = ownerReferences.filter(({ uid }) => !this.#gone.has(uid));
    if (left.length === 0) this.#delete(at, undefined);
    else if (left.length < ownerReferences.length) {
      this.#change(at, { ownerReferences: left });
    }
  }

  #delete(at: StoreChange["at"], finalizer: string | undefined): void {
    const stored = this.#find(at);
    const resource = this.#state.resources.all
      .find(({ collection }) => collection === at.collection);
    if (stored === undefined || resource === undefined) return;
    if (metadataOf(stored.object).deletionTimestamp !== undefined) return;
    const propagation = finalizer === FOREGROUND && this.#blocks(stored)
      ? "Foreground"
      : undefined;
    const context = { resource, state: this.#state };
    deleteStored(context, stored, { dryRun: false, propagation });
  }

  /** Whether an object has dependents that must go before it. */
  #blocks({ object }: StoredObject): boolean {
    return this.#of(metadataOf(object).uid ?? "").length > 0;
  }

  /** Cuts the ties of dependents, and lets the owner go. */
  #orphan(at: StoreChange["at"], uid: string): void {
    for (const dependent of this.#of(uid)) {
      const { ownerReferences = [] } = metadataOf(
        this.#find(dependent)?.object ?? {},
      );
      const left = ownerReferences.filter((owner) => owner.uid !== uid);
      this.#change(dependent, {
        ownerReferences: left.length > 0 ? left : undefined,
      });
    }
    this.#removeFinalizer(at, ORPHAN);
  }

  /** Lets owners go that waited for an object. */
  #released(object: JsonObject): void {
    for (const { uid } of metadataOf(object).ownerReferences ?? []) {
      const owner = this.#findByUid(uid);
      if (owner !== undefined) this.#release(owner, uid);
    }
  }

  #release(at: StoreChange["at"], uid: string): void {
    const { finalizers = [], deletionTimestamp } = metadataOf(
      this.#find(at)?.object ?? {},
    );
    if (deletionTimestamp === undefined || !finalizers.includes(FOREGROUND)) {
      return;
    }
    const isBlocked = this.#of(uid).some((dependent) =>
      metadataOf(this.#find(dependent)?.object ?? {}).ownerReferences
        ?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion)
    );
    if (!isBlocked) this.#removeFinalizer(at, FOREGROUND);
  }

  #findByUid(uid: string): StoreChange["at"] | undefined {
    for (const [collection, { values }] of this.#entries()) {
      for (const { key, object } of values()) {
        if (metadataOf(object).uid === uid) return { collection, key };
      }
    }
    return undefined;
  }

  *#entries(): Generator<
    readonly [string, { values(): Iterable<StoredObject> }]
  > {
    for (const [name, collection] of this.#state.store.collections) {
      yield [name, { values: () => collection.values() }];
    }
  }

  #removeFinalizer(at: StoreChange["at"], finalizer: string): void {
    const { finalizers = [] } = metadataOf(this.#find(at)?.object ?? {});
    const left = finalizers.filter((name) => name !== finalizer);
    this.#change(at, { finalizers: left.length > 0 ? left : undefined });
  }

  #change(at: StoreChange["at"], changes: JsonObject): void {
    const stored = this.#find(at);
    if (stored === undefined) return;
    const next = withMetadata(stored.object, changes);
    const { deletionTimestamp, finalizers = [] } = metadataOf(next);
    const isGone = deletionTimestamp !== undefined && finalizers.length === 0 &&
      at.collection !== "namespaces";
    if (isGone) this.#state.store.remove(at);
    else this.#state.store.put(at, next);
  }

  /** Deletes all that is in a namespace. */
  #empty(namespace: string): void {
    for (const [collection, { values }] of this.#entries()) {
      for (const { key, object } of [...values()]) {
        if (metadataOf(object).namespace !== namespace) continue;
        this.#delete({ collection, key }, undefined);
      }
    }
    this.#emptied(namespace);
  }

  /** Removes a namespace that goes and in which nothing is left. */
  #emptied(namespace: string): void {
    const at = { collection: "namespaces", key: namespace };
    const stored = this.#find(at);
    if (stored === undefined) return;
    const { deletionTimestamp, finalizers = [] } = metadataOf(stored.object);
    if (deletionTimestamp === undefined || finalizers.length > 0) return;
    for (const [, { values }] of this.#entries()) {
      for (const { object } of values()) {
        if (metadataOf(object).namespace === namespace) return;
      }
    }
    const { spec } = stored.object;
    const others = isObject(spec) && Array.isArray(spec.finalizers)
      ? spec.finalizers.filter((name) => name !== "kubernetes")
      : [];
    const next = {
      ...stored.object,
      spec: others.length > 0 ? { finalizers: others } : {},
    };
    if (others.length > 0) this.#state.store.put(at, next);
    else this.#state.store.remove(at);
  }
}
