import { getLogger } from "../core/telemetry/logger.ts";
import type { ExternalEvent } from "./external_event.ts";
import { ObjectSnapshot } from "./object_snapshot.ts";
import type { ObjectStore, StoredObject } from "./object_store.ts";
import { PollError } from "./poll_error.ts";
import type { Poller, PollerOptions } from "./poller.ts";

/** Options of {@linkcode objectStorePoller}. */
export interface ObjectStorePollerOptions {
  /**
   * How keys begin.
   *
   * @default {""}
   */
  readonly prefix?: string | undefined;
  /**
   * What to call it in logs.
   *
   * @default the name of the store and the prefix
   */
  readonly name?: string | undefined;
  /**
   * How many listings in a row must lack an object before it counts as removed.
   *
   * @default {1}
   */
  readonly removeAfter?: number | undefined;
  /**
   * The part of all objects that may go at once; if more do, and ten or more,
   * the next listing must lack them as well.
   *
   * @default {0.5}
   */
  readonly maxRemoved?: number | undefined;
  /**
   * The most objects, so that a wrong prefix does not fill the memory.
   *
   * @default {1000000}
   */
  readonly maxObjects?: number | undefined;
}

/**
 * Polls a store for objects that come, change and go.
 *
 * Only complete listings count: a page that fails, fails the poll. An object
 * has changed when its ETag has, or, without one, its size or time. Keys are
 * opaque: never paths, never names of Kubernetes. What objects hold is not
 * read; `objectContentPoller()` does that.
 *
 * @example Notice a new object
 * ```ts
 * import { MemoryStore, objectStorePoller } from "@koprs/koprs/external";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new MemoryStore("bucket");
 * const poller = objectStorePoller(store, { prefix: "flags/" });
 * store.put("flags/a.json", "{}");
 *
 * const [event] = await poller.poll(new AbortController());
 * assertEquals([event?.type, event?.key], ["added", "flags/a.json"]);
 * assertEquals(poller.name, "bucket/flags/");
 * ```
 *
 * @param store The store.
 * @param options Which objects, and how sure to be that one is gone.
 * @returns The poller; events have the keys of the objects.
 */
export function objectStorePoller(
  store: ObjectStore,
  options: ObjectStorePollerOptions = {},
): Poller<StoredObject> {
  const { prefix = "", removeAfter = 1, maxRemoved = 0.5 } = options;
  const { name = nameOf(store, prefix), maxObjects = 1_000_000 } = options;
  const snapshot = new ObjectSnapshot();
  return {
    name,
    poll: async ({ signal }) => {
      const listing = await listAll(store, { prefix, maxObjects, signal });
      const { added, modified, removed, held } = snapshot.compare(listing, {
        removeAfter,
        maxRemoved,
      });
      if (held > 0) {
        getLogger("external").warning(
          "Many objects are missing at once, looking again",
          { poller: name, missing: held, known: snapshot.size },
        );
      }
      return [
        ...removed.map(eventOf("removed")),
        ...modified.map(eventOf("modified")),
        ...added.map(eventOf("added")),
      ];
    },
    taken: ({ type, key, object }) => {
      if (type === "removed") snapshot.delete(key);
      else snapshot.set(object);
    },
  };
}

interface ListAllOptions extends PollerOptions {
  readonly prefix: string;
  readonly maxObjects: number;
}

/** A key that comes twice was written while it was listed: the last counts. */
async function listAll(
  store: ObjectStore,
  { prefix, maxObjects, signal }: ListAllOptions,
): Promise<ReadonlyMap<string, StoredObject>> {
  const objects = new Map<string, StoredObject>();
  for await (const object of store.list(prefix, { signal })) {
    signal.throwIfAborted();
    if (objects.size >= maxObjects) {
      throw new PollError(
        `Cannot list "${nameOf(store, prefix)}": ` +
          `it holds more than ${maxObjects} objects`,
      );
    }
    objects.set(object.key, object);
  }
  return objects;
}

function nameOf({ name }: ObjectStore, prefix: string): string {
  return prefix === "" ? name : `${name.replace(/\/$/, "")}/${prefix}`;
}

function eventOf(
  type: ExternalEvent<StoredObject>["type"],
): (object: StoredObject) => ExternalEvent<StoredObject> {
  return (object) => ({ type, key: object.key, object });
}
