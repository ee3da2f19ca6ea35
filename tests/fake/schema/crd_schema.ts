import { OBJECT_META_SCHEMA } from "./object_meta_schema.ts";
import type { JsonObject, TypeSchema } from "./type_schema.ts";

/** Options of {@linkcode crdSchema}. */
export interface CrdSchemaOptions {
  /** Whether the version has the status subresource. */
  readonly hasStatus: boolean;
}

/** Keywords that do not belong to the restrictions on a value. */
const NOT_VALIDATION = new Set([
  "additionalProperties",
  "default",
  "description",
  "example",
  "externalDocs",
  "items",
  "nullable",
  "properties",
  "required",
  "title",
  "type",
  "x-kubernetes-embedded-resource",
  "x-kubernetes-int-or-string",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-list-type",
  "x-kubernetes-map-type",
  "x-kubernetes-preserve-unknown-fields",
]);

/** A structural schema as a CRD holds it; the CRD is validated elsewhere. */
interface StructuralSchema extends JsonObject {
  readonly type?: TypeSchema["type"];
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly items?: StructuralSchema;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly nullable?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-list-type"?: TypeSchema["listType"];
  readonly "x-kubernetes-map-type"?: TypeSchema["mapType"];
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
}

const RESOURCE_PROPERTIES: Readonly<Record<string, TypeSchema>> = {
  apiVersion: { type: "string" },
  kind: { type: "string" },
  metadata: OBJECT_META_SCHEMA,
};

function validationOf(schema: StructuralSchema): JsonObject | undefined {
  const entries = Object.entries(schema).filter(([key]) =>
    !NOT_VALIDATION.has(key)
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** @param merges Whether a node above keeps unknown fields in a merge. */
function convert(schema: StructuralSchema, merges: boolean): TypeSchema {
  const preserve = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const { type, items, nullable, required } = schema;
  const mergesUnknown = merges || preserve;
  const child = (node: StructuralSchema): TypeSchema =>
    convert(node, mergesUnknown);
  const own = schema.properties && Object.fromEntries(
    Object.entries(schema.properties).map((
      [name, node],
    ) => [name, child(node)]),
  );
  const properties = embedded ? { ...own, ...RESOURCE_PROPERTIES } : own;
  const more = schema.additionalProperties;
  const listType = schema["x-kubernetes-list-type"];
  const listMapKeys = schema["x-kubernetes-list-map-keys"];
  const mapType = schema["x-kubernetes-map-type"];
  const validation = validationOf(schema);
  return {
    ...(type && { type }),
    ...(properties && { properties }),
    ...(more && {
      additionalProperties: more === true
        ? { preserveUnknownFields: true }
        : child(more),
    }),
    ...(items && { items: child(items) }),
    ...(listType && { listType }),
    ...(listMapKeys && { listMapKeys }),
    ...(mapType && { mapType }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(required && { required }),
    ...(preserve && { preserveUnknownFields: true }),
    ...(mergesUnknown && !preserve && { mergeUnknownFields: true }),
    ...(schema["x-kubernetes-int-or-string"] && { intOrString: true }),
    ...(nullable && { nullable }),
    ...(embedded && { embeddedResource: true }),
    ...(validation && { validation }),
  };
}

/**
 * Converts the structural schema of a CRD version.
 *
 * As in kube-apiserver, apiVersion, kind and metadata have their own schemas,
 * at the root and in embedded resources, whatever the CRD says about them.
 *
 * @param openAPIV3Schema The schema of the version, already validated.
 * @param _options Facts about the version.
 * @returns The schema of an object of that version.
 *
 * @example A map list
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crdSchema } from "./crd_schema.ts";
 *
 * const schema = crdSchema({
 *   type: "object",
 *   properties: {
 *     ports: {
 *       type: "array",
 *       "x-kubernetes-list-type": "map",
 *       "x-kubernetes-list-map-keys": ["port"],
 *       items: { type: "object", properties: { port: { type: "integer" } } },
 *     },
 *   },
 * }, { hasStatus: false });
 * assertEquals(schema.properties?.ports?.listMapKeys, ["port"]);
 * ```
 */
export function crdSchema(
  openAPIV3Schema: Record<string, unknown>,
  _options: CrdSchemaOptions,
): TypeSchema {
  const root = convert(openAPIV3Schema, false);
  return {
    ...root,
    properties: { ...root.properties, ...RESOURCE_PROPERTIES },
  };
}
