/**
 * Distils what the fake API server knows about built-in kinds from a real
 * kube-apiserver: `builtin_schemas_data.json`, `builtin_resources_data.json` and
 * `../openapi/definitions_data.json`.
 *
 * ```sh
 * deno run --allow-read --allow-write --allow-net tests/fake/schema/distil.ts KUBECONFIG
 * ```
 *
 * @module
 */
import {
  connectRealApiServer,
  type RealApiServer,
} from "../../conformance/real_api_server.ts";
import type { ResourceInfo } from "./builtin_resources.ts";
import { distilDefinitions } from "./distil_definitions.ts";
import { distilResources } from "./distil_resources.ts";
import { distilSchemas, type OpenApiDocument } from "./distil_schemas.ts";

async function getJson(
  server: RealApiServer,
  path: string,
  accept = "application/json",
): Promise<unknown> {
  const response = await server.fetch(path, { headers: { accept } });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`Cannot get ${path}: the answer is ${response.status}`);
  }
  return await response.json();
}

async function readResources(server: RealApiServer): Promise<ResourceInfo[]> {
  const accept =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  const crds = await getJson(
    server,
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
    // The shape of a list of CustomResourceDefinitions.
  ) as { items: { spec: { group: string } }[] };
  const custom = new Set(crds.items.map(({ spec }) => spec.group));
  const documents = await Promise.all(
    ["/api", "/apis"].map((path) => getJson(server, path, accept)),
  );
  return documents.flatMap(distilResources).filter(({ group }) =>
    !custom.has(group)
  );
}

async function readOpenApi(
  server: RealApiServer,
  resources: readonly ResourceInfo[],
): Promise<OpenApiDocument[]> {
  const paths = new Set(
    resources.map(({ group, version }) =>
      group === "" ? `api/${version}` : `apis/${group}/${version}`
    ),
  );
  return await Promise.all(
    // The shape of an OpenAPI v3 document.
    [...paths].map((path) =>
      getJson(server, `/openapi/v3/${path}`) as Promise<OpenApiDocument>
    ),
  );
}

async function write(name: string, value: unknown): Promise<void> {
  const file = new URL(name, import.meta.url);
  await Deno.writeTextFile(file, JSON.stringify(value) + "\n");
}

async function distil(kubeconfig: string): Promise<void> {
  using server = await connectRealApiServer(kubeconfig);
  const resources = await readResources(server);
  const documents = await readOpenApi(server, resources);
  await write(
    "../openapi/definitions_data.json",
    await distilDefinitions(documents),
  );
  await write("builtin_resources_data.json", resources);
  await write(
    "builtin_schemas_data.json",
    distilSchemas(documents, resources),
  );
}

if (import.meta.main) {
  const [kubeconfig] = Deno.args;
  if (kubeconfig === undefined) {
    throw new TypeError(
      "Cannot distil the API: the path of a kubeconfig is missing",
    );
  }
  await distil(kubeconfig);
}
