import type { ResourceTable } from "./resource_table.ts";
import type { ServedResource } from "./served_resource.ts";

/**
 * Finds a resource in another of its versions.
 *
 * @param resources What is served.
 * @param resource The resource.
 * @param apiVersion `group/version` of the other.
 * @returns The other; `undefined` if it is not served.
 */
export function resourceInVersion(
  resources: ResourceTable,
  { plural }: ServedResource,
  apiVersion: string,
): ServedResource | undefined {
  const [group = "", version = ""] = apiVersion.split("/");
  return resources.find(group, version, plural);
}
