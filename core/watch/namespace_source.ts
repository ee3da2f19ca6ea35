import type { ListFilter } from "../client/request_options.ts";
import type { ResourceReader } from "../client/resource_reader.ts";
import type { KubeObject } from "../kind/object.ts";
import { reflectBatches } from "./reflector.ts";
import { Store } from "./store.ts";

/**
 * Tells which namespaces to look at: each item is the whole set, the first one
 * comes as soon as it is known, and the end leaves the last one in force.
 *
 * A generator function is one.
 *
 * @param options What ends it.
 * @returns The sets.
 */
export type NamespaceSource = (
  options: {
    /** Ends the sets. */
    readonly signal: AbortSignal;
  },
) => AsyncIterable<readonly string[]>;

/**
 * Finds the namespaces that a selector chooses, now and later.
 *
 * Needs the verbs `list` and `watch` on `namespaces`; their metadata alone is
 * read from `client.resource(Namespace).metadata`.
 *
 * @example Watch ConfigMaps of the namespaces of one team
 * ```ts
 * import { ConfigMap, Namespace } from "@koprs/koprs/builtin";
 * import { Client, Informer, namespacesMatching, start } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const namespaces = client.resource(Namespace);
 * const labels = { team: "blue" };
 * await namespaces.create({ metadata: { name: "shop", labels } });
 * const configMaps = client.resource(ConfigMap);
 * await configMaps.create({ metadata: { name: "a", namespace: "shop" } });
 * await configMaps.create({ metadata: { name: "b", namespace: "default" } });
 *
 * const informer = new Informer(configMaps, {
 *   namespaces: namespacesMatching(namespaces, { labelSelector: "team=blue" }),
 *   fieldSelector: "metadata.name!=kube-root-ca.crt",
 * });
 * await using running = start(informer);
 * await running.ready;
 * assertEquals(informer.store.keys(), [{ name: "a", namespace: "shop" }]);
 * ```
 *
 * @param namespaces The kind Namespace.
 * @param filter Selectors by label and field.
 * @returns The sets of their names.
 */
export function namespacesMatching(
  namespaces: ResourceReader<KubeObject>,
  filter: Pick<ListFilter, "labelSelector" | "fieldSelector"> = {},
): NamespaceSource {
  return async function* ({ signal }) {
    const store = new Store<KubeObject>();
    let told: string | undefined;
    let isSynced = false;
    for await (
      const batch of reflectBatches(namespaces, { ...filter, signal })
    ) {
      for (const event of batch) {
        if (event.type === "replaced") store.replace(event.objects);
        else if (event.type === "applied") store.set(event.object);
        else store.delete(event.object.metadata);
        isSynced ||= event.type === "replaced";
      }
      const names = store.keys().map(({ name }) => name).sort();
      if (!isSynced || told === names.join()) continue;
      told = names.join();
      yield names;
    }
  };
}
