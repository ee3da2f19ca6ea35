import { ConfigMap } from "@koprs/koprs/builtin";
import {
  type Client,
  Controller,
  type ControllerOptions,
  ensure,
  type EnsureResult,
  EventRecorder,
  formatKey,
  garbageCollect,
  NameTakenError,
  ownerFromAnnotation,
  type ResourceClient,
  watches,
  withFinalizer,
} from "@koprs/koprs/core";
import { childOf, MANAGED, OPERATOR, PREFIX } from "./child.ts";
import { ConfigMapSync } from "./kind.ts";
import { reportFailure, reportSuccess } from "./status.ts";

const RESYNC = 300_000;
const NAME_TAKEN_RETRY = 60_000;

/**
 * Keeps a ConfigMap in the target namespace of each ConfigMapSync.
 *
 * @param client Who talks to the API server, as field manager `OPERATOR`.
 * @param options Concurrency and the like.
 * @returns The controller.
 */
export function configMapSyncController(
  client: Client,
  options: ControllerOptions<ConfigMapSync> = {},
): Controller<ConfigMapSync> {
  const syncs = client.resource(ConfigMapSync);
  const configMaps = client.resource(ConfigMap);
  const recorder = new EventRecorder(client, { controller: OPERATOR });
  const ownerOf = ownerFromAnnotation(`${PREFIX}/owner`);

  const reconcile = withFinalizer(syncs, {
    finalizer: `${PREFIX}/cleanup`,
    labels: ({ spec }) => ({ [`${PREFIX}/synced-to`]: spec.targetNamespace }),
    reconcile: async (sync, { signal }) => {
      try {
        const result = await syncChild(configMaps, sync, signal);
        await reportSuccess({ syncs, recorder, sync, result, signal });
      } catch (error) {
        await reportFailure({ syncs, recorder, sync, error, signal });
        if (!(error instanceof NameTakenError)) throw error;
        return { requeueAfter: NAME_TAKEN_RETRY };
      }
    },
    cleanup: async (sync, { signal }) => {
      await collect(configMaps, { sync, signal, keep: () => false });
    },
  });

  // Whoever waits for the name of a child hears of it as well as its owner.
  const children = watches(configMaps, (child: ConfigMap, store) => [
    ...ownerOf(child, store),
    ...store.byIndex("child", formatKey(child.metadata))
      .map(({ metadata }) => metadata),
  ], { labelSelector: MANAGED });

  return new Controller(syncs, reconcile, {
    resync: RESYNC,
    ...options,
    indexes: { child: childKeys },
    sources: [children],
  });
}

/** Under which key a ConfigMapSync is found: that of the child that it wants. */
function childKeys(sync: ConfigMapSync): string[] {
  return [formatKey(childOf(sync).metadata)];
}

/** Applies the child, then removes those that are wanted no more. */
async function syncChild(
  configMaps: ResourceClient<ConfigMap, "Namespaced">,
  sync: ConfigMapSync,
  signal: AbortSignal,
): Promise<EnsureResult<ConfigMap>> {
  const child = childOf(sync);
  const options = { owner: sync, prefix: PREFIX, signal };
  const result = await ensure(configMaps, child, options);
  const wanted = formatKey(child.metadata);
  const keep = ({ metadata }: ConfigMap): boolean =>
    formatKey(metadata) === wanted;
  await collect(configMaps, { sync, signal, keep });
  return result;
}

/** Deletes children; whatever could not be deleted is tried again. */
async function collect(
  configMaps: ResourceClient<ConfigMap, "Namespaced">,
  { sync, keep, signal }: {
    readonly sync: ConfigMapSync;
    readonly keep: (child: ConfigMap) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { failed } = await garbageCollect(configMaps, {
    owner: sync,
    prefix: PREFIX,
    labelSelector: MANAGED,
    keep,
    signal,
  });
  const [failure] = failed;
  if (failure !== undefined) throw failure.error;
}
