import type { Client } from "@koprs/koprs/core";

const ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;" +
  "as=APIGroupDiscoveryList";

/** What `/api` and `/apis` answer. */
interface DiscoveredGroups {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly scope: string;
        readonly verbs: readonly string[];
      }[];
    }[];
  }[];
}

/** The objects of one kind. */
export interface Collection {
  /** Path of the version, as `"/apis/apps/v1"`. */
  readonly version: string;
  /** Plural name of the kind. */
  readonly resource: string;
}

/**
 * The kinds that have namespaces and whose objects can be deleted, each in one
 * version.
 *
 * @param client The client.
 * @returns Their collections.
 */
export async function namespacedCollections(
  { transport }: Client,
): Promise<Collection[]> {
  const found: Collection[] = [];
  for (const root of ["/api", "/apis"]) {
    const request = { method: "GET", path: root, accept: ACCEPT } as const;
    const { text } = await transport.request(request);
    const { items } = JSON.parse(text) as DiscoveredGroups;
    for (const { metadata: { name: group }, versions: [preferred] } of items) {
      // Events are in two groups, and stored once.
      if (group === "events.k8s.io" || preferred === undefined) continue;
      const place = group === undefined ? "" : `/${group}`;
      const version = `${root}${place}/${preferred.version}`;
      for (const { resource, scope, verbs } of preferred.resources ?? []) {
        const isMeant = scope === "Namespaced" &&
          verbs.includes("deletecollection");
        if (isMeant) found.push({ version, resource });
      }
    }
  }
  return found;
}
