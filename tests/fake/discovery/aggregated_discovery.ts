import type { ResourceTable } from "../resource/resource_table.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { versionRank } from "./plain_discovery.ts";

const AGGREGATED_REGEXP =
  /application\/json;(?=[^,]*\bas=APIGroupDiscoveryList\b)(?=[^,]*\bg=apidiscovery\.k8s\.io\b)[^,]*\bv=(v2|v2beta1)\b/;

/**
 * Tells whether a client asks for everything in one document.
 *
 * @param accept The `Accept` header; `null` without.
 * @returns The content type of that document; `undefined` if it does not.
 */
export function wantsAggregated(accept: string | null): string | undefined {
  const version = AGGREGATED_REGEXP.exec(accept ?? "")?.[1];
  return version &&
    `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
}

/**
 * Describes all groups, versions and resources in one document.
 *
 * @param resources What is served.
 * @param isCore Whether only the core group is asked for, or only the others.
 * @returns An APIGroupDiscoveryList.
 */
export function aggregatedGroups(
  resources: ResourceTable,
  isCore: boolean,
): JsonObject {
  const groups = new Map<string, JsonObject[]>();
  const versions = resources.versions
    .filter(({ group }) => (group === "") === isCore)
    .toSorted((a, b) => versionRank(b.version) - versionRank(a.version));
  for (const { group, version, resources: served } of versions) {
    const entries = groups.get(group) ?? [];
    entries.push({
      version,
      resources: [...served.values()].map(resourceDiscovery),
      freshness: "Current",
    });
    groups.set(group, entries);
  }
  const order = [...new Set(resources.versions.map(({ group }) => group))];
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: "apidiscovery.k8s.io/v2",
    metadata: {},
    items: order.filter((group) => groups.has(group)).map((group) => ({
      metadata: group === "" ? {} : { name: group },
      versions: groups.get(group),
    })),
  };
}

function resourceDiscovery(resource: ServedResource): JsonObject {
  const { plural, singular, namespaced, verbs, subresources } = resource;
  const { shortNames, categories } = resource;
  return {
    resource: plural,
    responseKind: kindOf(resource),
    scope: namespaced ? "Namespaced" : "Cluster",
    singularResource: singular,
    verbs,
    ...shortNames.length === 0 ? {} : { shortNames },
    ...categories.length === 0 ? {} : { categories },
    ...subresources.length === 0 ? {} : {
      subresources: subresources.map((sub) => ({
        subresource: sub.name,
        responseKind: kindOf(sub),
        verbs: sub.verbs,
      })),
    },
  };
}

function kindOf(
  { group, version, kind }: {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  },
): JsonObject {
  return { group, version, kind };
}
