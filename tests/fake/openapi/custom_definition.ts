import { isObject } from "../merge/json_value.ts";
import { valueAt } from "../object/field_path.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ObjectStore } from "../store/object_store.ts";

const META = "io.k8s.apimachinery.pkg.apis.meta.v1";
const CRDS = "apiextensions.k8s.io/customresourcedefinitions";

/**
 * Names the definition of a custom kind, as `ToRESTFriendlyName` does.
 *
 * @param resource The resource.
 * @returns As `io.example.v1.Widget` for `widgets.example.io`.
 */
export function customName(
  { group, version, kind }: ServedResource,
): string {
  return [...group.split(".").toReversed(), version, kind].join(".");
}

/**
 * Finds the CRD of a custom kind.
 *
 * @param store Holds it.
 * @param resource The resource.
 * @returns The CRD.
 */
export function crdOf(
  store: ObjectStore,
  { plural, group }: ServedResource,
): JsonObject {
  return store.collection(CRDS).get(`${plural}.${group}`)?.object ?? {};
}

/**
 * Defines a custom kind and its lists from the schema in its CRD, as the builder
 * of apiextensions-apiserver does.
 *
 * @param crd The CRD.
 * @param resource The resource.
 * @returns The definitions by name.
 */
export function customDefinitions(
  crd: JsonObject,
  resource: ServedResource,
): Record<string, JsonObject> {
  const { group, version, kind, listKind } = resource;
  const schema = schemaIn(crd, version);
  const properties = isObject(schema.properties) ? schema.properties : {};
  const name = customName(resource);
  const forKind = (one: string) => ({
    "x-kubernetes-group-version-kind": [{ group, kind: one, version }],
  });
  return {
    [name]: {
      type: "object",
      ...schema,
      properties: {
        ...properties,
        ...TYPE_META,
        metadata: {
          description:
            "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
          allOf: [{ $ref: reference(`${META}.ObjectMeta`) }],
        },
      },
      ...forKind(kind),
    },
    [`${name}List`]: {
      description: `${listKind} is a list of ${kind}`,
      type: "object",
      required: ["items"],
      properties: {
        ...TYPE_META,
        items: {
          description: `List of ${resource.plural}.`,
          type: "array",
          items: { $ref: reference(name) },
        },
        metadata: { allOf: [{ $ref: reference(`${META}.ListMeta`) }] },
      },
      ...forKind(listKind),
    },
  };
}

/** Where a definition is in a document. */
export function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

const TYPE_META = {
  apiVersion: {
    description:
      "APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources",
    type: "string",
  },
  kind: {
    description:
      "Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds",
    type: "string",
  },
} as const;

function schemaIn(crd: JsonObject, version: string): JsonObject {
  const versions = valueAt(crd, ["spec", "versions"]);
  const found = Array.isArray(versions)
    ? versions.find(({ name }) => name === version)
    : undefined;
  const schema = valueAt(found, ["schema", "openAPIV3Schema"]);
  return isObject(schema) ? schema : { type: "object" };
}
