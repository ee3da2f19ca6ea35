/** A subresource that a kube-apiserver serves. */
export interface SubresourceInfo {
  /** Last segment of its path, e.g. `status`. */
  readonly name: string;
  /** Kind of what it answers. */
  readonly kind: string;
  /** API group of that kind; empty for the core group. */
  readonly group: string;
  /** API version of that kind. */
  readonly version: string;
  /** Verbs it answers, e.g. `patch`. */
  readonly verbs: readonly string[];
}

/** A resource that a kube-apiserver serves by default. */
export interface ResourceInfo {
  /** API group; empty for the core group. */
  readonly group: string;
  /** API version. */
  readonly version: string;
  /** Kind of its objects. */
  readonly kind: string;
  /** Name in paths, e.g. `configmaps`. */
  readonly plural: string;
  /** Name of one object, e.g. `configmap`. */
  readonly singular: string;
  /** Abbreviations that kubectl accepts. */
  readonly shortNames: readonly string[];
  /** Groups of resources it belongs to, e.g. `all`. */
  readonly categories: readonly string[];
  /** Whether its objects live in a namespace. */
  readonly namespaced: boolean;
  /** Verbs it answers, e.g. `list`. */
  readonly verbs: readonly string[];
  /** Its subresources. */
  readonly subresources: readonly SubresourceInfo[];
}

let cached: Promise<readonly ResourceInfo[]> | undefined;

async function load(): Promise<readonly ResourceInfo[]> {
  const { default: resources } = await import(
    "./builtin_resources_data.json",
    { with: { type: "json" } }
  );
  return resources;
}

/**
 * Lists every resource that the pinned kube-apiserver serves by default, in
 * the order of its discovery documents.
 *
 * @returns The resources; the same array each time.
 *
 * @example Find a resource
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinResources } from "./builtin_resources.ts";
 *
 * const resources = await builtinResources();
 * const resource = resources.find(({ plural }) => plural === "configmaps");
 * assertEquals(resource?.kind, "ConfigMap");
 * ```
 */
export function builtinResources(): Promise<readonly ResourceInfo[]> {
  return cached ??= load();
}
