import type { GroupVersion } from "../resource/resource_table.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ObjectStore } from "../store/object_store.ts";
import {
  builtinDefinitions,
  definitionOf,
  type Definitions,
} from "./builtin_definitions.ts";
import { crdOf, customDefinitions, customName } from "./custom_definition.ts";
import { resourcePaths } from "./resource_paths.ts";

const INFO = { title: "Kubernetes", version: "1.35" };
const REFERENCE_REGEXP = /"#\/components\/schemas\/([^"]+)"/g;
/** What the paths of every resource refer to. */
const SHARED = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";

/**
 * Writes the OpenAPI v3 document of a version of a group.
 *
 * @param store Holds the CRDs.
 * @param of The version.
 * @returns The document.
 */
export async function openApiDocument(
  store: ObjectStore,
  { resources }: GroupVersion,
): Promise<JsonObject> {
  const builtin = await builtinDefinitions();
  const known: Record<string, JsonObject> = { ...builtin };
  const paths: Record<string, JsonObject> = {};
  const roots = [SHARED];
  for (const resource of resources.values()) {
    if (resource.strategy.custom) {
      Object.assign(known, customDefinitions(crdOf(store, resource), resource));
    }
    const object = resource.strategy.custom
      ? customName(resource)
      : definitionOf(builtin, resource);
    if (object === undefined) continue;
    const list = `${object}List`;
    Object.assign(paths, resourcePaths(resource, { object, list }));
    roots.push(object, list);
  }
  return {
    openapi: "3.0.0",
    info: INFO,
    paths,
    components: { schemas: withReferred(known, roots) },
  };
}

/**
 * Writes all definitions as an OpenAPI v2 document. Paths are left out.
 *
 * @param store Holds the CRDs.
 * @param versions What is served.
 * @returns The document.
 */
export async function swaggerDocument(
  store: ObjectStore,
  versions: readonly GroupVersion[],
): Promise<JsonObject> {
  const definitions: Record<string, JsonObject> = {
    ...await builtinDefinitions(),
  };
  for (const { resources } of versions) {
    for (const resource of resources.values()) {
      if (!resource.strategy.custom) continue;
      const crd = crdOf(store, resource);
      Object.assign(definitions, customDefinitions(crd, resource));
    }
  }
  const text = JSON.stringify(definitions)
    .replaceAll("#/components/schemas/", "#/definitions/");
  const document = { swagger: "2.0", info: INFO, paths: {} };
  return { ...document, definitions: JSON.parse(text) };
}

/** The definitions with those they refer to. */
function withReferred(
  known: Definitions,
  roots: readonly string[],
): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = known[name];
    if (definition === undefined || found[name] !== undefined) continue;
    found[name] = definition;
    const text = JSON.stringify(definition);
    for (const [, referred = ""] of text.matchAll(REFERENCE_REGEXP)) {
      queue.push(referred);
    }
  }
  return found;
}
