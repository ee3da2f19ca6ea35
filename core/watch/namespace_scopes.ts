import type { KubeObject } from "../kind/object.ts";
import { linkedAbort } from "../timing/linked_abort.ts";
import type { NamespaceSource } from "./namespace_source.ts";
import type { WatchedScope } from "./watched_scope.ts";

/** A scope that runs. */
interface Running {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Options of {@linkcode watchNamespaces}.
 *
 * @typeParam T The object type.
 */
export interface WatchNamespacesOptions<T extends KubeObject> {
  /** Which namespaces. */
  readonly source: NamespaceSource;
  /** The scopes that run, by namespace. */
  readonly scopes: Map<string, WatchedScope<T>>;
  /** Makes the scope of a namespace. */
  readonly open: (namespace: string) => WatchedScope<T>;
  /** Called once all namespaces of the first set are listed. */
  readonly synced: () => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Watches each namespace of a set that changes.
 *
 * A namespace that leaves the set loses its objects at once, and they count
 * as deleted.
 *
 * @typeParam T The object type.
 * @param options Which namespaces, and how.
 * @returns When the signal aborts; rejects if a watch or the source failed.
 */
export async function watchNamespaces<T extends KubeObject>(
  options: WatchNamespacesOptions<T>,
): Promise<void> {
  const { source, scopes, open, synced, signal } = options;
  using end = linkedAbort(signal);
  const running = new Map<string, Running>();
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    end.abort();
  };
  const enter = (namespace: string): void => {
    const scope = open(namespace);
    const stop = new AbortController();
    scopes.set(namespace, scope);
    const done = scope.run({ signal: stop.signal }).catch(fail);
    running.set(namespace, { stop, done });
  };
  const leave = async (namespace: string): Promise<void> => {
    running.get(namespace)?.stop.abort();
    await running.get(namespace)?.done;
    running.delete(namespace);
    scopes.get(namespace)?.clear();
    scopes.delete(namespace);
  };
  const aborted = new Promise<void>((resolve) => {
    if (end.signal.aborted) resolve();
    end.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  let isFirst = true;
  try {
    for await (const names of source({ signal: end.signal })) {
      if (end.signal.aborted) break;
      for (const name of [...running.keys()]) {
        if (!names.includes(name)) await leave(name);
      }
      for (const name of names) if (!running.has(name)) enter(name);
      if (!isFirst) continue;
      isFirst = false;
      // Rejects never: a scope that fails ends everything.
      void Promise.all([...scopes.values()].map((scope) => scope.synced))
        .then(synced);
    }
    await aborted;
  } catch (error) {
    if (!end.signal.aborted) fail(error);
  } finally {
    for (const { stop } of running.values()) stop.abort();
    await Promise.all([...running.values()].map(({ done }) => done));
  }
  if (failure !== undefined) throw failure.error;
}
