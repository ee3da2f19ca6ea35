import type { CacheRegistry } from "../client/cache_registry.ts";
import type { ListFilter } from "../client/request_options.ts";
import type { InformedReader } from "../client/resource_reader.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import { Informer } from "./informer.ts";

/** What a shared informer watches. */
export interface SharedInformerOptions extends Omit<ListFilter, "signal"> {
  /** The namespace, or all of them. */
  readonly namespace?: string | undefined;
}

/**
 * A share in an informer that others may use, too; dispose gives it back.
 *
 * @typeParam T The object type.
 */
export interface InformerShare<T extends KubeObject> extends AsyncDisposable {
  /** The informer. */
  readonly informer: Informer<T>;
  /** Settles when the informer ends; rejects if it failed. */
  readonly done: Promise<void>;
}

interface Shared {
  readonly informer: unknown;
  readonly done: Promise<void>;
  readonly stop: AbortController;
  users: number;
}

const sharedBy = new WeakMap<CacheRegistry, Map<string, Shared>>();

/**
 * Takes a share in the informer of a kind and selection; the first share
 * starts it, and the last one given back stops it.
 *
 * All users of one client that watch the same use one connection and store.
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options Namespace and filters.
 * @returns The share.
 */
export function shareInformer<T extends KubeObject>(
  resource: InformedReader<T>,
  options: SharedInformerOptions = {},
): InformerShare<T> {
  const { namespace, labelSelector, fieldSelector } = options;
  const id = JSON.stringify([
    kindId(resource.kind),
    namespace,
    labelSelector,
    fieldSelector,
  ]);
  const informers = sharedBy.get(resource.caches) ?? new Map<string, Shared>();
  sharedBy.set(resource.caches, informers);
  const shared = informers.get(id) ?? startInformer(resource, options);
  informers.set(id, shared);
  shared.users += 1;
  return {
    // The id names the kind, so the informer is of its type.
    informer: shared.informer as Informer<T>,
    done: shared.done,
    [Symbol.asyncDispose]: async () => {
      shared.users -= 1;
      if (shared.users > 0) return;
      if (informers.get(id) === shared) informers.delete(id);
      shared.stop.abort();
      await shared.done.catch(() => {}); // whoever awaits `done` hears of it
    },
  };
}

function startInformer<T extends KubeObject>(
  resource: InformedReader<T>,
  options: SharedInformerOptions,
): Shared {
  const informer = new Informer(resource, options);
  const stop = new AbortController();
  const done = informer.run({ signal: stop.signal });
  return { informer, done, stop, users: 0 };
}
