import type {
  GroupVersion,
  ResourceTable,
} from "../resource/resource_table.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { storageVersionHash } from "./storage_version_hash.ts";

/**
 * Lists the groups, as `/apis` does.
 *
 * @param resources What is served.
 * @returns An APIGroupList.
 */
export function apiGroups(resources: ResourceTable): JsonObject {
  const names = new Set(resources.versions.map(({ group }) => group));
  names.delete("");
  const groups = [...names].map((name) => {
    const { kind: _kind, apiVersion: _version, ...group } =
      apiGroup(resources, name) ?? {};
    return group;
  });
  return { kind: "APIGroupList", apiVersion: "v1", groups };
}

/**
 * Describes a group, as `/apis/G` does.
 *
 * @param resources What is served.
 * @param name The group.
 * @returns An APIGroup; `undefined` if there is none.
 */
export function apiGroup(
  resources: ResourceTable,
  name: string,
): JsonObject | undefined {
  const versions = resources.versions
    .filter(({ group }) => group === name && group !== "")
    .map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  const [preferredVersion] = versions.sort((a, b) =>
    versionRank(b.version) - versionRank(a.version)
  );
  if (preferredVersion === undefined) return undefined;
  return {
    kind: "APIGroup",
    apiVersion: "v1",
    name,
    versions,
    preferredVersion,
  };
}

/** Orders versions: stable before beta before alpha, newer before older. */
export function versionRank(version: string): number {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (match === null) return -1;
  const [, major, stage, minor = "0"] = match;
  const stability = stage === undefined ? 2 : stage === "beta" ? 1 : 0;
  return stability * 1e6 + Number(major) * 1e3 + Number(minor);
}

/**
 * Describes the resources of a version, as `/apis/G/V` does.
 *
 * @param of The version.
 * @returns An APIResourceList.
 */
export async function apiResources(
  { group, version, resources }: GroupVersion,
): Promise<JsonObject> {
  const described = await Promise.all(
    Array.from(resources.values(), apiResource),
  );
  return {
    kind: "APIResourceList",
    // The core group leaves it out.
    ...group === "" ? {} : { apiVersion: "v1" },
    groupVersion: group === "" ? version : `${group}/${version}`,
    resources: described.flat(),
  };
}

async function apiResource(resource: ServedResource): Promise<JsonObject[]> {
  const hash = await storageVersionHash(resource);
  const { plural, singular, namespaced, kind, verbs } = resource;
  const { shortNames, categories } = resource;
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...shortNames.length === 0 ? {} : { shortNames },
      ...categories.length === 0 ? {} : { categories },
      ...hash === undefined ? {} : { storageVersionHash: hash },
    },
    ...resource.subresources.map((sub) => ({
      name: `${plural}/${sub.name}`,
      singularName: "",
      namespaced,
      ...sub.group === resource.group && sub.version === resource.version
        ? {}
        : { group: sub.group, version: sub.version },
      kind: sub.kind,
      verbs: sub.verbs,
    })),
  ];
}
