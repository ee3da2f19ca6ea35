import { ConfigMap, Event, Namespace } from "@koprs/koprs/builtin";
import {
  type Client,
  mergePatch,
  type ResourceClient,
} from "@koprs/koprs/core";
import { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import { eachConcurrently } from "./each_concurrently.ts";

/** The objects that one operator works on. */
export interface BenchWorld extends AsyncDisposable {
  /** Who made them. */
  readonly client: Client;
  /** Where they are; the children too, since the peers look only there. */
  readonly namespace: string;
  /** Names of the ConfigMapSyncs. */
  readonly names: readonly string[];
  /** The ConfigMapSyncs. */
  readonly syncs: ResourceClient<ConfigMapSync, "Namespaced">;
  /** Their children. */
  readonly configMaps: ResourceClient<ConfigMap, "Namespaced">;
  /** What the operator tells. */
  readonly events: ResourceClient<Event, "Namespaced">;
}

/** Options of {@linkcode createWorld}. */
export interface CreateWorldOptions {
  /** How many ConfigMapSyncs. */
  readonly objects: number;
  /** Part of the namespace's name. */
  readonly label: string;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * What a ConfigMapSync wants.
 *
 * @param name Its name.
 * @param revision How often its spec was changed.
 * @returns The data of its child.
 */
export function wantedData(
  name: string,
  revision: number,
): Readonly<Record<string, string>> {
  return { a: `${name}-${revision}`, b: "x".repeat(200) };
}

/**
 * Makes ConfigMapSyncs in a namespace of their own.
 *
 * @param client Who makes them.
 * @param options How many.
 * @returns The objects; disposing of them deletes whatever is there.
 */
export async function createWorld(
  client: Client,
  { objects, label, signal }: CreateWorldOptions,
): Promise<BenchWorld> {
  const namespace = `bench-${label}-${crypto.randomUUID().slice(0, 8)}`;
  const world: BenchWorld = {
    client,
    namespace,
    names: Array.from({ length: objects }, (_, index) => `cr-${index}`),
    syncs: client.resource(ConfigMapSync),
    configMaps: client.resource(ConfigMap),
    events: client.resource(Event),
    [Symbol.asyncDispose]: () => deleteWorld(world),
  };
  await using unfinished = new AsyncDisposableStack();
  unfinished.use(world);
  await client.resource(Namespace).create({ metadata: { name: namespace } }, {
    signal,
  });
  await eachConcurrently(world.names, {
    task: (name) =>
      world.syncs.create({
        metadata: { name, namespace },
        spec: { targetNamespace: namespace, data: wantedData(name, 0) },
      }, { signal }),
  });
  unfinished.move();
  return world;
}

async function deleteWorld(
  { client, namespace, syncs, configMaps, events }: BenchWorld,
): Promise<void> {
  const held = await Array.fromAsync(syncs.list({ namespace }));
  await eachConcurrently(held, {
    task: ({ metadata }) =>
      syncs.patch(metadata, mergePatch({ metadata: { finalizers: null } })),
  });
  for (const resource of [syncs, configMaps, events]) {
    await resource.deleteCollection({ namespace, all: true });
  }
  await client.resource(Namespace).delete({ name: namespace });
}
