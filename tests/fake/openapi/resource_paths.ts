import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { reference } from "./custom_definition.ts";

/** Names of the definitions of a resource. */
export interface ResourceDefinitions {
  /** Of one object. */
  readonly object: string;
  /** Of a list. */
  readonly list: string;
}

const JSON_TYPE = "application/json";
const PATCHES = [
  "application/apply-patch+yaml",
  "application/json-patch+json",
  "application/merge-patch+json",
];
const STRATEGIC = "application/strategic-merge-patch+json";

/** What each verb is in OpenAPI: method, action and whether it has a name. */
const VERBS: Readonly<Record<string, readonly [string, string, boolean]>> = {
  list: ["get", "list", false],
  create: ["post", "post", false],
  deletecollection: ["delete", "deletecollection", false],
  get: ["get", "get", true],
  update: ["put", "put", true],
  patch: ["patch", "patch", true],
  delete: ["delete", "delete", true],
};

const WRITES = ["create", "update", "patch"];

/**
 * Describes the paths of a resource in the way of kube-apiserver's OpenAPI
 * documents: what `kubectl` reads there is in it.
 *
 * @param resource The resource.
 * @param definitions Names of its definitions.
 * @returns The path items by path.
 */
export function resourcePaths(
  resource: ServedResource,
  definitions: ResourceDefinitions,
): Record<string, JsonObject> {
  const { group, version, plural, namespaced } = resource;
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  const base = namespaced
    ? `${root}/namespaces/{namespace}/${plural}`
    : `${root}/${plural}`;
  const paths: Record<string, JsonObject> = {
    [base]: pathItem(resource, definitions, false),
    [`${base}/{name}`]: pathItem(resource, definitions, true),
  };
  if (resource.subresources.some(({ name }) => name === "status")) {
    const { get, put, patch } = pathItem(resource, definitions, true);
    paths[`${base}/{name}/status`] = { get, put, patch };
  }
  return paths;
}

function pathItem(
  resource: ServedResource,
  definitions: ResourceDefinitions,
  isNamed: boolean,
): JsonObject {
  const names = [
    ...isNamed ? ["name"] : [],
    ...resource.namespaced ? ["namespace"] : [],
  ];
  const operations = resource.verbs.flatMap((verb) => {
    const [method, action, named] = VERBS[verb] ?? [];
    if (method === undefined || named !== isNamed) return [];
    const of = operation(resource, definitions, verb);
    return [[method, { ...of, "x-kubernetes-action": action }] as const];
  });
  return {
    ...Object.fromEntries(operations),
    parameters: names.map((name) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string", uniqueItems: true },
    })),
  };
}

function operation(
  { group, version, kind, strategy }: ServedResource,
  { object, list }: ResourceDefinitions,
  verb: string,
): JsonObject {
  const schema = { $ref: reference(verb === "list" ? list : object) };
  const patch = {
    $ref: reference("io.k8s.apimachinery.pkg.apis.meta.v1.Patch"),
  };
  const types = strategy.custom ? PATCHES : [...PATCHES, STRATEGIC];
  const content = verb === "patch"
    ? Object.fromEntries(types.map((type) => [type, { schema: patch }]))
    : { [JSON_TYPE]: { schema } };
  return {
    ...WRITES.includes(verb)
      ? { parameters: writeParameters(verb), requestBody: { content } }
      : {},
    responses: {
      "200": { description: "OK", content: { [JSON_TYPE]: { schema } } },
    },
    "x-kubernetes-group-version-kind": { group, version, kind },
  };
}

function writeParameters(verb: string): JsonObject[] {
  const names = [
    "dryRun",
    "fieldManager",
    "fieldValidation",
    ...verb === "patch" ? ["force"] : [],
  ];
  return names.map((name) => ({
    name,
    in: "query",
    schema: {
      type: name === "force" ? "boolean" : "string",
      uniqueItems: true,
    },
  }));
}
