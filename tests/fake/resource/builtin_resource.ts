import type { ResourceInfo } from "../schema/builtin_resources.ts";
import { builtinSchema } from "../schema/builtin_schema.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { nativeStrategy } from "./native_strategy.ts";
import { toAutoscalerV1, toAutoscalerV2 } from "./kinds/autoscaler_v1.ts";
import { fromCoreEvent, toCoreEvent } from "./kinds/event.ts";
import { traitsOf } from "./kinds/traits_of.ts";
import { builtinCells } from "../table/builtin_cells.ts";
import type { Column, ServedResource } from "./served_resource.ts";
import { withoutEmptyLists } from "./without_empty_lists.ts";

/**
 * Makes a resource that the server serves by default.
 *
 * @param info What discovery says of it.
 * @param columns Columns of its tables.
 * @returns The resource.
 */
export function builtinResource(
  info: ResourceInfo,
  columns: readonly Column[] = [],
): ServedResource {
  const { group, version, kind, plural, subresources } = info;
  const apiVersion = group === "" ? version : `${group}/${version}`;
  const other = OTHER_FORMS[apiVersion];
  const cells = builtinCells(kind);
  let schema: TypeSchema | undefined;
  // Some are stored as JSON, which keeps empty lists.
  const stored = (object: JsonObject) =>
    schema === undefined || JSON_GROUPS.includes(group)
      ? object
      : withoutEmptyLists(object, schema);
  return {
    ...info,
    apiVersion,
    listKind: `${kind}List`,
    collection: group === "" || other?.apiVersion === "v1"
      ? plural
      : `${group}/${plural}`,
    strategy: nativeStrategy(info, traitsOf(info)),
    columns,
    cells: other === undefined
      ? cells
      : (object, now) => cells(other.to(object), now),
    scale: subresources.some(({ name }) => name === "scale")
      ? SCALE_PATHS
      : undefined,
    createBlocked: undefined,
    conversion: undefined,
    async schema() {
      return schema ??= await builtinSchema(group, version, kind);
    },
    toStored: other === undefined
      ? (object) => inOrder(stored(object), apiVersion, kind)
      : (object) => inOrder(other.to(object), other.apiVersion, kind),
    fromStored: other === undefined
      ? (object) => object
      : (object) => inOrder(other.from(object), apiVersion, kind),
  };
}

/** Versions that are stored in the form of another one. */
const OTHER_FORMS: Readonly<
  Record<string, {
    readonly apiVersion: string;
    to(object: JsonObject): JsonObject;
    from(object: JsonObject): JsonObject;
  }>
> = {
  "events.k8s.io/v1": {
    apiVersion: "v1",
    to: toCoreEvent,
    from: fromCoreEvent,
  },
  "autoscaling/v1": {
    apiVersion: "autoscaling/v2",
    to: toAutoscalerV2,
    from: toAutoscalerV1,
  },
};

const JSON_GROUPS = ["apiextensions.k8s.io", "apiregistration.k8s.io"];

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
