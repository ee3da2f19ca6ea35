import type { ResourceInfo } from "../schema/builtin_resources.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { nativeStrategy } from "./native_strategy.ts";
import { traitsOf } from "./kinds/traits_of.ts";
import type { ServedResource } from "./served_resource.ts";

/**
 * Makes a resource that the server serves by default.
 *
 * @param info What discovery says of it.
 * @returns The resource.
 */
export function builtinResource(info: ResourceInfo): ServedResource {
  const { group, version, kind, plural, subresources } = info;
  const apiVersion = group === "" ? version : `${group}/${version}`;
  return {
    ...info,
    apiVersion,
    listKind: `${kind}List`,
    collection: group === "" ? plural : `${group}/${plural}`,
    strategy: nativeStrategy(info, traitsOf(info)),
    columns: [],
    scale: subresources.some(({ name }) => name === "scale")
      ? SCALE_PATHS
      : undefined,
    createBlocked: undefined,
    schema: () => builtinSchema(group, version, kind),
    toStored: (object) => inOrder(object, apiVersion, kind),
    fromStored: (object) => object,
  };
}

const SCALE_PATHS = {
  spec: ["spec", "replicas"],
  status: ["status", "replicas"],
  selector: ["spec", "selector"],
};

/** As Go writes a built-in kind: type first, then metadata. */
function inOrder(
  object: JsonObject,
  apiVersion: string,
  kind: string,
): JsonObject {
  const { kind: _kind, apiVersion: _version, metadata, ...rest } = object;
  return { kind, apiVersion, metadata, ...rest };
}
