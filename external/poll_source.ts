import type { Source } from "../core/controller/source.ts";
import type { KubeObject } from "../core/kind/object.ts";
import type { ObjectKey } from "../core/kind/scope.ts";
import type { ReadonlyStore } from "../core/watch/store.ts";
import type { ExternalEvent } from "./external_event.ts";
import { poll, type PollOptions } from "./poll.ts";
import type { Poller } from "./poller.ts";

/**
 * Says which objects to reconcile when something outside has changed.
 *
 * @typeParam U What changed.
 * @typeParam T The object type of the controller.
 * @param event The change.
 * @param store The objects of the controller.
 * @returns The keys to reconcile.
 */
export type ExternalMapper<U, T extends KubeObject = KubeObject> = (
  event: ExternalEvent<U>,
  store: ReadonlyStore<T>,
) => Iterable<ObjectKey>;

/** Options of {@linkcode pollSource}; the controller gives the signal. */
export interface PollSourceOptions extends Omit<PollOptions, "signal"> {}

/**
 * Reconciles objects when something outside the cluster has changed.
 *
 * The controller starts after the first poll, so that its reconciles know what
 * the mapper has seen; a failed one is repeated and holds nobody up. A mapper
 * that throws counts as a failed poll: the event is told again.
 *
 * @example Reconcile all ConfigMaps when a flag changes
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, Controller } from "@koprs/koprs/core";
 * import { MemoryStore, objectStorePoller, pollSource } from "@koprs/koprs/external";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const flags = objectStorePoller(new MemoryStore(), { prefix: "flags/" });
 *
 * const controller = new Controller(client.resource(ConfigMap), async () => {}, {
 *   sources: [pollSource(flags, (_event, store) => store.keys())],
 * });
 * assertEquals(controller.name, "configmap");
 * ```
 *
 * @typeParam U What changes.
 * @typeParam T The object type of the controller.
 * @param poller Whom to ask.
 * @param mapper Says which objects a change concerns.
 * @param options How often.
 * @returns The source.
 */
export function pollSource<U, T extends KubeObject = KubeObject>(
  poller: Poller<U>,
  mapper: ExternalMapper<U, T>,
  options: PollSourceOptions = {},
): Source<T> {
  const { name } = poller;
  return {
    name,
    start: ({ store, enqueue, signal }) => {
      const { promise: synced, resolve } = Promise.withResolvers<void>();
      const mapped: Poller<never> = {
        name,
        poll: async (asked) => {
          for (const event of await poller.poll(asked)) {
            if (signal.aborted) break;
            const reason = `${name} ${event.type}`;
            for (const key of mapper(event, store)) enqueue(key, { reason });
            poller.taken?.(event);
          }
          return [];
        },
      };
      const onPoll: PollOptions["onPoll"] = (outcome) => {
        resolve();
        options.onPoll?.(outcome);
      };
      const polling = poll(mapped, { ...options, signal, onPoll });
      return { synced, done: drain(polling).finally(resolve) };
    },
  };
}

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _event of events); // all is done while polling
}
