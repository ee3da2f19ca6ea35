import type { ResourceInfo } from "../schema/builtin_resources.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import { metadataOf } from "../object/object_meta.ts";
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
  const { kind: _kind, apiVersion: _version, metadata: _meta, ...rest } =
    object;
  const meta = metadataOf(object);
  const metadata = Object.fromEntries(
    METADATA.filter((name) => name in meta || name === VERSION)
      .map((name) => [name, meta[name] ?? ""]),
  );
  return { kind, apiVersion, metadata, ...rest };
}

/** Set by the store, in its place. */
const VERSION = "resourceVersion";

/** The fields of metadata in the order of Go's ObjectMeta. */
const METADATA = [
  "name",
  "generateName",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "labels",
  "annotations",
  "ownerReferences",
  "finalizers",
  "managedFields",
] as const;
