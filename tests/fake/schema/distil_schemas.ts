import type { ResourceInfo } from "./builtin_resources.ts";
import type { SchemaData, SchemaDataNode } from "./builtin_schema.ts";

/** An OpenAPI v3 schema as kube-apiserver serves it. */
export interface OpenApiSchema {
  /** Reference to a definition. */
  readonly $ref?: string;
  /** Holds a reference, so that keywords may stand beside it. */
  readonly allOf?: readonly OpenApiSchema[];
  /** JSON type. */
  readonly type?: SchemaDataNode["type"];
  /** Format, e.g. `date-time`. */
  readonly format?: string;
  /** Declared fields. */
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  /** Schema of undeclared fields. */
  readonly additionalProperties?: OpenApiSchema;
  /** Schema of items. */
  readonly items?: OpenApiSchema;
  /** Required fields. */
  readonly required?: readonly string[];
  /** Default value. */
  readonly default?: unknown;
  /** Kinds of the definition. */
  readonly "x-kubernetes-group-version-kind"?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
  /** List type of structured merge. */
  readonly "x-kubernetes-list-type"?: SchemaDataNode["listType"];
  /** Keys of a list of type `map`. */
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  /** Map type of structured merge. */
  readonly "x-kubernetes-map-type"?: SchemaDataNode["mapType"];
  /** Strategic merge patch: strategy. */
  readonly "x-kubernetes-patch-strategy"?: string;
  /** Strategic merge patch: key. */
  readonly "x-kubernetes-patch-merge-key"?: string;
}

/** An OpenAPI v3 document. */
export interface OpenApiDocument {
  /** Reusable parts. */
  readonly components: {
    /** Definitions by name. */
    readonly schemas: Readonly<Record<string, OpenApiSchema>>;
  };
}

/** Fields of a Go type, as `tests/envtest/apiserver/gofields` prints them. */
export interface GoFields {
  /** Written even if they hold nothing. */
  readonly always?: readonly string[];
  /** Left out if they hold the zero value. */
  readonly nonzero?: readonly string[];
  /** All, in the order in which they are written. */
  readonly order: readonly string[];
  /** Types of scalars, lists and maps that have names of their own. */
  readonly types?: Readonly<Record<string, string>>;
}

/** Types whose published schema says less than the server knows of them. */
const SPECIAL: Readonly<Record<string, SchemaDataNode>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": {
    intOrString: true,
    validation: { format: "quantity" },
  },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { intOrString: true },
  // Structured merge treats it as one leaf, whatever it holds.
  "io.k8s.apimachinery.pkg.runtime.RawExtension": {
    preserveUnknownFields: true,
    listType: "atomic",
    mapType: "atomic",
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": {
    type: "object",
    preserveUnknownFields: true,
  },
};

/** A list without a list type takes it from its strategy, as the server does. */
function listType(
  schema: OpenApiSchema,
): Pick<SchemaDataNode, "listType" | "listMapKeys"> {
  const type = schema["x-kubernetes-list-type"];
  if (type !== undefined) {
    const listMapKeys = schema["x-kubernetes-list-map-keys"];
    return { listType: type, ...(listMapKeys && { listMapKeys }) };
  }
  const key = schema["x-kubernetes-patch-merge-key"];
  if (
    schema.type !== "array" ||
    !schema["x-kubernetes-patch-strategy"]?.startsWith("merge")
  ) return {};
  return key === undefined
    ? { listType: "set" }
    : { listType: "map", listMapKeys: [key] };
}

function referenced(schema: OpenApiSchema): string | undefined {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return reference?.slice(reference.lastIndexOf("/") + 1);
}

function distilSchema(schema: OpenApiSchema): SchemaDataNode {
  const { type, format, required } = schema;
  const $ref = referenced(schema);
  const mapType = schema["x-kubernetes-map-type"];
  const patchStrategy = schema["x-kubernetes-patch-strategy"];
  const patchMergeKey = schema["x-kubernetes-patch-merge-key"];
  const properties = schema.properties && Object.fromEntries(
    Object.entries(schema.properties).map((
      [name, child],
    ) => [name, distilSchema(child)]),
  );
  const any = type === undefined && $ref === undefined;
  return {
    ...($ref && { $ref }),
    ...(type && { type }),
    ...(any && { preserveUnknownFields: true }),
    ...(format && { validation: { format } }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(required && { required }),
    ...listType(schema),
    ...(mapType && { mapType }),
    ...(patchStrategy && { patchStrategy }),
    ...(patchMergeKey && { patchMergeKey }),
    ...(properties && { properties }),
    ...(schema.items && { items: distilSchema(schema.items) }),
    ...(schema.additionalProperties && {
      additionalProperties: distilSchema(schema.additionalProperties),
    }),
  };
}

/** Adds what the Go type says of fields that the schema knows. */
function ofGoType(
  node: SchemaDataNode,
  { always = [], nonzero = [], order, types = {} }: GoFields = { order: [] },
): SchemaDataNode {
  const { properties } = node;
  if (properties === undefined) return node;
  const known = (names: readonly string[]) =>
    names.filter((name) => Object.hasOwn(properties, name));
  const names = [...new Set([...known(order), ...Object.keys(properties)])];
  const [written, dropped] = [known(always), known(nonzero)];
  return {
    ...node,
    ...written.length > 0 ? { always: written } : {},
    ...dropped.length > 0 ? { nonzero: dropped } : {},
    properties: Object.fromEntries(names.map((name) => {
      const field = properties[name] ?? {};
      const goType = types[name];
      const isOwn = goType !== undefined && field.items?.$ref === undefined;
      return [name, isOwn ? { ...field, goType } : field];
    })),
  };
}

function* referencesOf(node: SchemaDataNode): Generator<string> {
  if (node.$ref !== undefined) yield node.$ref;
  for (const child of Object.values(node.properties ?? {})) {
    yield* referencesOf(child);
  }
  if (node.items) yield* referencesOf(node.items);
  if (node.additionalProperties) yield* referencesOf(node.additionalProperties);
}

/**
 * Reduces OpenAPI documents to the definitions that the given resources and
 * their subresources need.
 *
 * @param documents OpenAPI v3 documents, one per group and version.
 * @param resources The resources to keep.
 * @param goFields What the documents do not say, by definition.
 * @returns Definitions by name and names by kind, both sorted.
 */
export function distilSchemas(
  documents: readonly OpenApiDocument[],
  resources: readonly ResourceInfo[],
  goFields: Readonly<Record<string, GoFields>> = {},
): SchemaData {
  const all = new Map(
    documents.flatMap(({ components }) => Object.entries(components.schemas)),
  );
  const wanted = new Set(
    resources.flatMap((resource) => [resource, ...resource.subresources])
      .map(({ group, version, kind }) => `${group}/${version}/${kind}`),
  );
  const kinds = new Map<string, string>();
  for (const [name, schema] of all) {
    for (
      const { group, version, kind } of schema[
        "x-kubernetes-group-version-kind"
      ] ?? []
    ) {
      const key = `${group}/${version}/${kind}`;
      if (wanted.has(key)) kinds.set(key, name);
    }
  }
  const definitions = new Map<string, SchemaDataNode>();
  const visit = (name: string): void => {
    const schema = all.get(name);
    if (schema === undefined || definitions.has(name)) return;
    const node = SPECIAL[name] ??
      ofGoType(distilSchema(schema), goFields[name]);
    definitions.set(name, node);
    for (const reference of referencesOf(node)) visit(reference);
  };
  for (const name of kinds.values()) visit(name);
  return {
    kinds: Object.fromEntries([...kinds].sort()),
    definitions: Object.fromEntries(
      [...definitions].sort(([a], [b]) => a < b ? -1 : 1),
    ),
  };
}
