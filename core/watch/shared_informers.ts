import type { CacheRegistry } from "../client/cache_registry.ts";
import type { InformedReader } from "../client/resource_reader.ts";
import { kindId } from "../kind/kind.ts";
import type { KubeObject } from "../kind/object.ts";
import { Informer, type InformerOptions } from "./informer.ts";

/**
 * What a shared informer watches.
 *
 * @typeParam T The object type.
 */
export interface SharedInformerOptions<T> extends
  Pick<
    InformerOptions<T>,
    | "namespace"
    | "namespaces"
    | "labelSelector"
    | "fieldSelector"
    | "transform"
    | "indexes"
    | "optional"
  > {}

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
 * All users of one client that watch the same use one connection and store,
 * which has the indexes of all of them. Functions are the same if they are
 * one value.
 *
 * @example Two users, one informer
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, shareInformer } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertStrictEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const options = { namespace: "default" };
 * const configMaps = client.resource(ConfigMap);
 * await using one = shareInformer(configMaps, options);
 * await using two = shareInformer(configMaps, options);
 * assertStrictEquals(one.informer, two.informer);
 * ```
 *
 * @typeParam T The object type.
 * @param resource The kind.
 * @param options Namespaces, filters, indexes.
 * @returns The share.
 * @throws {TypeError} If another user has another index of the same name.
 */
export function shareInformer<T extends KubeObject>(
  resource: InformedReader<T>,
  options: SharedInformerOptions<T> = {},
): InformerShare<T> {
  const id = idOf(resource, options);
  const informers = sharedBy.get(resource.caches) ?? new Map<string, Shared>();
  sharedBy.set(resource.caches, informers);
  const shared = informers.get(id) ?? startInformer(resource, options);
  // The id names the kind, so the informer is of its type.
  const informer = shared.informer as Informer<T>;
  informer.addIndexes(options.indexes ?? {});
  informers.set(id, shared);
  shared.users += 1;
  return {
    informer,
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
  options: SharedInformerOptions<T>,
): Shared {
  // One by one, as callers pass options that have others, too.
  const { namespace, namespaces, labelSelector, fieldSelector } = options;
  const { transform, indexes, optional } = options;
  const informer = new Informer(resource, {
    namespace,
    namespaces,
    labelSelector,
    fieldSelector,
    transform,
    indexes,
    optional,
  });
  const stop = new AbortController();
  const done = informer.run({ signal: stop.signal });
  return { informer, done, stop, users: 0 };
}

/** Equal for those who can share. */
function idOf<T extends KubeObject>(
  { kind }: InformedReader<T>,
  options: SharedInformerOptions<T>,
): string {
  const { namespace, namespaces, labelSelector, fieldSelector } = options;
  const { transform, optional } = options;
  return JSON.stringify([
    kindId(kind),
    namespace,
    typeof namespaces === "function"
      ? numberOf(namespaces)
      : namespaces && [...new Set(namespaces)].sort(),
    labelSelector,
    fieldSelector,
    transform && numberOf(transform),
    optional ?? false,
  ]);
}

const numbers = new WeakMap<object, number>();
let count = 0;

/** A number for each function. */
function numberOf(value: object): number {
  const number = numbers.get(value) ?? ++count;
  numbers.set(value, number);
  return number;
}
