import {
  Client,
  type NamespacedKey,
  reflect,
  type ResourceClient,
  start,
  type Started,
  waitFor,
} from "@koprs/koprs/core";
import { ConfigMap, Event } from "@koprs/koprs/builtin";
import { OPERATOR } from "../examples/configmapsync/child.ts";
import { configMapSyncController } from "../examples/configmapsync/controller.ts";
import { ConfigMapSync } from "../examples/configmapsync/kind.ts";
import { openWorld, type World } from "./world.ts";

/** How long a journey waits for one step, in milliseconds. */
export const PATIENCE = 20_000;

/** A world in which the configmapsync operator can run. */
export interface OperatorWorld extends World {
  /** ConfigMapSyncs, as a person sees them. */
  readonly syncs: ResourceClient<ConfigMapSync, "Namespaced">;
  /** ConfigMaps, as a person sees them. */
  readonly configMaps: ResourceClient<ConfigMap, "Namespaced">;
  /** Starts the operator for the ConfigMapSyncs of `namespace`. */
  startOperator(namespace?: string): Started;
  /** Makes a ConfigMapSync whose target is `otherNamespace`. */
  createSync(
    name: string,
    spec?: Partial<ConfigMapSync["spec"]>,
  ): Promise<ConfigMapSync>;
  /** Waits until a ConfigMapSync is Ready for its newest spec. */
  untilReady(name: string, namespace?: string): Promise<ConfigMapSync>;
  /** Waits until a ConfigMapSync is not Ready, for a reason. */
  untilFailed(
    name: string,
    options: { readonly reason: string; readonly namespace?: string },
  ): Promise<ConfigMapSync>;
  /** Waits until a ConfigMap is as wanted. */
  untilChild(
    name: string,
    condition: (child: ConfigMap | undefined) => boolean,
    namespace?: string,
  ): Promise<ConfigMap | undefined>;
  /** Waits until a ConfigMapSync is gone. */
  untilGone(name: string, namespace?: string): Promise<void>;
  /** Waits until there is an event about an object. */
  untilEvent(sync: ConfigMapSync, reason: string): Promise<void>;
  /** Reasons of the events about an object, sorted. */
  eventReasons(sync: ConfigMapSync): Promise<string[]>;
}

/**
 * Opens a world in which the configmapsync operator can run.
 *
 * @returns The world.
 */
export async function openOperatorWorld(): Promise<OperatorWorld> {
  const world = await openWorld([ConfigMapSync]);
  const { client, namespace, otherNamespace } = world;
  const syncs = client.resource(ConfigMapSync);
  const configMaps = client.resource(ConfigMap);
  const operators = new AsyncDisposableStack();

  const untilCondition = async (
    key: NamespacedKey,
    wanted: { readonly status: string; readonly reason?: string },
  ): Promise<ConfigMapSync> => {
    const found = await waitFor(syncs, key, {
      condition: (sync) =>
        sync?.status?.conditions?.some((condition) =>
          condition.type === "Ready" && condition.status === wanted.status &&
          condition.observedGeneration === sync.metadata.generation &&
          (wanted.reason === undefined || condition.reason === wanted.reason)
        ) === true,
      timeout: PATIENCE,
    });
    if (found === undefined) throw new Error(`${key.name} is gone`);
    return found;
  };

  return {
    ...world,
    syncs,
    configMaps,
    startOperator: (watched = namespace) => {
      const client = operators.use(
        new Client(world.config, { fieldManager: OPERATOR }),
      );
      const controller = configMapSyncController(client, {
        namespace: watched,
        concurrency: 4,
      });
      return operators.use(start(controller));
    },
    createSync: (name, spec = {}) =>
      syncs.create({
        metadata: { name, namespace },
        spec: {
          targetNamespace: otherNamespace,
          data: { color: "blue" },
          ...spec,
        },
      }),
    untilReady: (name, within = namespace) =>
      untilCondition({ name, namespace: within }, { status: "True" }),
    untilFailed: (name, { reason, namespace: within = namespace }) =>
      untilCondition({ name, namespace: within }, { status: "False", reason }),
    untilGone: async (name, within = namespace) => {
      await waitFor(syncs, { name, namespace: within }, {
        condition: (sync) => sync === undefined,
        timeout: PATIENCE,
      });
    },
    untilChild: (name, condition, namespace = otherNamespace) =>
      waitFor(configMaps, { name, namespace }, {
        condition,
        timeout: PATIENCE,
      }),
    untilEvent: async ({ metadata: { uid, namespace } }, reason) => {
      const signal = AbortSignal.timeout(PATIENCE);
      const events = client.resource(Event);
      for await (const change of reflect(events, { namespace, signal })) {
        if (change.type === "synced") continue;
        const { regarding, reason: said } = change.object;
        if (regarding?.uid === uid && said === reason) return;
      }
      throw new Error(`There is no event ${reason}`);
    },
    eventReasons: async ({ metadata: { uid, namespace } }) => {
      const reasons: string[] = [];
      for await (const event of client.resource(Event).list({ namespace })) {
        if (event.regarding?.uid === uid) reasons.push(event.reason ?? "");
      }
      return reasons.sort();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await operators[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}
