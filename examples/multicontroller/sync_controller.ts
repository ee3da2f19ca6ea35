import {
  type Client,
  Controller,
  type ControllerOptions,
  EventRecorder,
  formatKey,
  type KubeObject,
  NameTakenError,
  type ObjectKey,
  ownerFromAnnotation,
  watches,
  withFinalizer,
} from "@koprs/koprs/core";
import { PREFIX, type Sync } from "./sync.ts";
import { collectChildren, syncChild } from "./sync_child.ts";
import { SyncError } from "./sync_error.ts";
import { managedBy, type SyncPlan } from "./sync_plan.ts";
import { reportFailure, reportSuccess } from "./sync_report.ts";

const RESYNC = 300_000;
const NAME_TAKEN_RETRY = 60_000;

/**
 * Keeps a copy in the target namespace of each object of a kind.
 *
 * @param client Who talks to the API server.
 * @param plan How the kind is kept.
 * @param options Concurrency and the like.
 * @returns The controller.
 */
export function syncController<
  T extends Sync,
  C extends KubeObject<"Namespaced">,
>(
  client: Client,
  plan: SyncPlan<T, C>,
  options: ControllerOptions<T> = {},
): Controller<T> {
  const { syncs, children, operator } = plan;
  const recorder = new EventRecorder(client, { controller: operator });
  const waiting = new Map<string, ObjectKey>();
  const owner = ownerFromAnnotation(`${PREFIX}/owner`);

  const keep = withFinalizer(syncs, {
    finalizer: `${PREFIX}/${syncs.kind.kind.toLowerCase()}-cleanup`,
    labels: ({ spec }) => ({ [`${PREFIX}/synced-to`]: spec.targetNamespace }),
    reconcile: async (sync, { signal }) => {
      try {
        const result = await syncChild(plan, { sync, signal });
        await reportSuccess({ plan, recorder, sync, result, signal });
      } catch (thrown) {
        signal.throwIfAborted();
        const error = SyncError.of(sync, thrown);
        await reportFailure({ plan, recorder, sync, error, signal });
        if (error.reason === "NamespaceReserved") return;
        if (!(thrown instanceof NameTakenError)) throw error;
        waiting.set(formatKey(thrown.key), sync.metadata);
        return { requeueAfter: NAME_TAKEN_RETRY };
      }
    },
    cleanup: async (sync, { signal }) => {
      await collectChildren(plan, { sync, signal, keep: () => false });
    },
  });

  const changed = watches(children, (child: C, store) => {
    const id = formatKey(child.metadata);
    const waiter = waiting.get(id);
    waiting.delete(id);
    return [...owner(child, store), ...(waiter === undefined ? [] : [waiter])];
  }, { labelSelector: managedBy(plan) });

  return new Controller(syncs, async (sync, context) => {
    try {
      return await keep(sync, context);
    } catch (error) {
      context.signal.throwIfAborted();
      throw SyncError.of(sync, error);
    }
  }, { resync: RESYNC, ...options, sources: [changed] });
}
