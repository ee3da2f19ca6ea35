import type { ServedResource } from "./served_resource.ts";

/** One version of a group and what it serves. */
export interface GroupVersion {
  /** API group; empty for the core group. */
  readonly group: string;
  /** API version. */
  readonly version: string;
  /** Its resources by plural name. */
  readonly resources: ReadonlyMap<string, ServedResource>;
}

/** What the server serves. */
export class ResourceTable {
  readonly #versions = new Map<
    string,
    { group: string; version: string; resources: Map<string, ServedResource> }
  >();

  /** All versions of all groups, in the order of their first resource. */
  get versions(): readonly GroupVersion[] {
    return [...this.#versions.values()];
  }

  /** Everything that is served. */
  get all(): ServedResource[] {
    return this.versions.flatMap(({ resources }) => [...resources.values()]);
  }

  /** Finds a version of a group. */
  version(group: string, version: string): GroupVersion | undefined {
    return this.#versions.get(`${group}/${version}`);
  }

  /** Finds a resource by its group, version and plural name. */
  find(
    group: string,
    version: string,
    plural: string,
  ): ServedResource | undefined {
    return this.#versions.get(`${group}/${version}`)?.resources.get(plural);
  }

  /** Finds a resource by its kind. */
  findKind(apiVersion: string, kind: string): ServedResource | undefined {
    const key = apiVersion.includes("/") ? apiVersion : `/${apiVersion}`;
    const { resources } = this.#versions.get(key) ?? {};
    for (const resource of resources?.values() ?? []) {
      if (resource.kind === kind) return resource;
    }
    return undefined;
  }

  /** Serves a resource, or serves it anew. */
  add(resource: ServedResource): void {
    const { group, version, plural } = resource;
    const key = `${group}/${version}`;
    let entry = this.#versions.get(key);
    if (entry === undefined) {
      this.#versions.set(key, entry = { group, version, resources: new Map() });
    }
    entry.resources.set(plural, resource);
  }

  /** Serves a resource no longer, in any version. */
  remove(group: string, plural: string): void {
    for (const [key, entry] of this.#versions) {
      if (entry.group !== group || !entry.resources.delete(plural)) continue;
      if (entry.resources.size === 0) this.#versions.delete(key);
    }
  }
}
