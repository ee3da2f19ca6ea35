import { isNotFound } from "../client/api_error.ts";
import type { WriteResult } from "../client/object_cache.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import { parseLabelSelector } from "../client/selector.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey } from "../kind/scope.ts";
import { systemClock } from "../timing/clock.ts";
import { TimeSlices } from "../timing/time_slices.ts";
import { foreign, type ObservedChange } from "./observed_change.ts";
import { reflectBatches, type ReflectorOptions } from "./reflector.ts";
import type { ReflectorState } from "./reflector_event.ts";
import { Store } from "./store.ts";
import type { IndexFunction } from "./store_contents.ts";
import { WriteOverlay } from "./write_overlay.ts";

/** How often a kind is looked for that is not served, in milliseconds. */
const ABSENT_RETRY = 5_000;

/**
 * No watch may be silent for so long, in milliseconds: each is ended by the
 * server or by its reader before, and a failure is tried again sooner.
 */
const MAX_SILENCE = 900_000;

/**
 * Options of a {@linkcode WatchedScope}.
 *
 * @typeParam T The object type.
 */
export interface WatchedScopeOptions<T> extends ReflectorOptions<T> {
  /** Functions that say under which values an object is found, by index. */
  readonly indexes: Readonly<Record<string, IndexFunction<T>>>;
  /** Whether a kind that is not served counts as one without objects. */
  readonly optional: boolean;
  /** Hears of each change, after the store has it. */
  readonly emit: (change: ObservedChange<T>) => void;
}

/**
 * What one watch shows: the objects of a namespace or of all, with what this
 * client wrote.
 *
 * @typeParam T The object type.
 */
export class WatchedScope<T extends KubeObject> {
  /** The objects. */
  readonly store: Store<T>;
  readonly #resource: ResourceReader<T>;
  readonly #options: WatchedScopeOptions<T>;
  readonly #overlay: WriteOverlay<T>;
  readonly #synced = Promise.withResolvers<void>();
  #isSynced = false;
  #isRunning = false;
  #lastSign = 0;

  /**
   * Watches nothing yet.
   *
   * @param resource The kind.
   * @param options What to watch, and who hears of changes.
   */
  constructor(resource: ResourceReader<T>, options: WatchedScopeOptions<T>) {
    const { namespace, labelSelector = "", fieldSelector } = options;
    const hasLabels = parseLabelSelector(labelSelector);
    this.#resource = resource;
    this.#options = options;
    this.store = new Store({ indexes: options.indexes });
    this.#overlay = new WriteOverlay({
      store: this.store,
      matches: ({ metadata }) =>
        // A field selector cannot be judged here: only the watch can tell.
        fieldSelector === undefined && hasLabels(metadata.labels ?? {}) &&
        (namespace === undefined || metadata.namespace === namespace),
      emit: options.emit,
    });
  }

  /** Whether the store holds a complete list. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Resolves once the store holds a complete list. */
  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  /** Whether it runs as it should: there was a sign of life not long ago. */
  get isAlive(): boolean {
    const { clock = systemClock } = this.#options;
    return !this.#isRunning || clock.now() - this.#lastSign < MAX_SILENCE;
  }

  /**
   * Keeps the store up to date until the signal aborts.
   *
   * @param options Ends it.
   */
  async run({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    const { optional, backoff, clock = systemClock } = this.#options;
    const sign = (): void => {
      this.#lastSign = clock.now();
      this.#options.onSign?.();
    };
    const options = {
      ...this.#options,
      backoff: optional ? { max: ABSENT_RETRY, ...backoff } : backoff,
      onState: (state: ReflectorState) => this.#heed(state),
      onSign: sign,
      signal,
    };
    sign();
    this.#isRunning = true;
    try {
      for await (const batch of reflectBatches(this.#resource, options)) {
        for (const event of batch) {
          if (event.type === "applied") this.#overlay.applied(event.object);
          else if (event.type === "deleted") {
            this.#overlay.deleted(event.object);
          } else await this.#replace(event.objects, event.resourceVersion);
        }
      }
    } finally {
      this.#isRunning = false;
      this.#isSynced = false;
    }
  }

  /** Empties the store, and tells that each object is gone; nobody waits. */
  clear(): void {
    this.#overlay.cleared();
    this.#synced.resolve();
  }

  /**
   * Hears of a write on its way.
   *
   * @param key The key of the object.
   */
  beginWrite(key: ObjectKey): void {
    this.#overlay.beginWrite(key);
  }

  /**
   * Hears how a write ended.
   *
   * @param key The key of the object.
   * @param result What came of it.
   */
  endWrite(key: ObjectKey, result: WriteResult<T>): void {
    this.#overlay.endWrite(key, result);
  }

  /** In slices, as a list may be long: others want the event loop, too. */
  async #replace(objects: readonly T[], version: string): Promise<void> {
    const initial = !this.#isSynced;
    const slices = new TimeSlices({ clock: this.#options.clock });
    const changes = await slices.run(
      this.#overlay.replacing(objects, version),
    );
    for (const change of changes) {
      this.#options.emit({ ...foreign(change), initial });
      if (slices.isOver) await slices.pause();
    }
    this.#finishList();
  }

  #heed(state: ReflectorState): void {
    const { optional, onState } = this.#options;
    onState?.(state);
    if (!optional || state.phase !== "waiting" || !isNotFound(state.error)) {
      return;
    }
    this.clear();
    this.#finishList();
  }

  #finishList(): void {
    this.#isSynced = true;
    this.#synced.resolve();
  }
}
