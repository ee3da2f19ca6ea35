import type { ResourceInfo, SubresourceInfo } from "./builtin_resources.ts";

interface ResponseKind {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
}

interface DiscoveryList {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources: readonly {
        readonly resource: string;
        readonly responseKind: ResponseKind;
        readonly scope: "Namespaced" | "Cluster";
        readonly singularResource: string;
        readonly verbs: readonly string[];
        readonly shortNames?: readonly string[];
        readonly categories?: readonly string[];
        readonly subresources?: readonly {
          readonly subresource: string;
          readonly responseKind: ResponseKind;
          readonly verbs: readonly string[];
        }[];
      }[];
    }[];
  }[];
}

/**
 * Lists the resources of an aggregated discovery document.
 *
 * @param document An `APIGroupDiscoveryList` of `apidiscovery.k8s.io/v2`.
 * @returns One entry per resource and version, in the order of the document.
 */
export function distilResources(document: unknown): ResourceInfo[] {
  const { items } = document as DiscoveryList; // What the server sends.
  return items.flatMap(({ metadata: { name: group = "" }, versions }) =>
    versions.flatMap(({ version, resources }) =>
      resources.map((resource): ResourceInfo => ({
        group,
        version,
        kind: resource.responseKind.kind,
        plural: resource.resource,
        singular: resource.singularResource,
        shortNames: resource.shortNames ?? [],
        categories: resource.categories ?? [],
        namespaced: resource.scope === "Namespaced",
        verbs: resource.verbs,
        subresources: (resource.subresources ?? []).map(
          ({ subresource, responseKind, verbs }): SubresourceInfo => ({
            name: subresource,
            kind: responseKind.kind,
            // Empty in the document where it is that of the resource.
            group: responseKind.group || (responseKind.version ? "" : group),
            version: responseKind.version || version,
            verbs,
          }),
        ),
      }))
    )
  );
}
