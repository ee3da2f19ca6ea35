/**
 * Distils what the fake API server knows about built-in kinds from a real
 * kube-apiserver: `builtin_schemas_data.json`, `builtin_resources_data.json`,
 * `../openapi/definitions_data.json` and `../table/builtin_columns_data.json`.
 *
 * ```sh
 * (cd tests/envtest/apiserver && go run ./gofields) >fields.json
 * deno run --allow-read --allow-write --allow-net tests/fake/schema/distil.ts KUBECONFIG fields.json
 * ```
 *
 * @module
 */
import {
  connectRealApiServer,
  type RealApiServer,
} from "../../conformance/real_api_server.ts";
import type { Column } from "../resource/served_resource.ts";
import type { ResourceInfo } from "./builtin_resources.ts";
import { distilDefinitions } from "./distil_definitions.ts";
import { distilResources } from "./distil_resources.ts";
import {
  distilSchemas,
  type GoFields,
  type OpenApiDocument,
} from "./distil_schemas.ts";

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

async function readColumns(
  server: RealApiServer,
  resources: readonly ResourceInfo[],
): Promise<Readonly<Record<string, readonly Column[]>>> {
  const accept = "application/json;as=Table;g=meta.k8s.io;v=v1";
  const columns: Record<string, readonly Column[]> = {};
  for (const { group, version, plural, kind, verbs } of resources) {
    if (!verbs.includes("list")) continue;
    const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
    // The shape of a table.
    const table = await getJson(server, `${root}/${plural}`, accept) as {
      columnDefinitions: readonly Column[];
    };
    columns[kind] = table.columnDefinitions;
  }
  return columns;
}

async function write(name: string, value: unknown): Promise<void> {
  const file = new URL(name, import.meta.url);
  await Deno.writeTextFile(file, JSON.stringify(value) + "\n");
}

async function distil(kubeconfig: string, fields: string): Promise<void> {
  // The shape of what gofields prints.
  const goFields = JSON.parse(await Deno.readTextFile(fields)) as Readonly<
    Record<string, GoFields>
  >;
  using server = await connectRealApiServer(kubeconfig);
  const resources = await readResources(server);
  const documents = await readOpenApi(server, resources);
  await write(
    "../openapi/definitions_data.json",
    await distilDefinitions(documents),
  );
  await write("builtin_resources_data.json", resources);
  await write(
    "../table/builtin_columns_data.json",
    await readColumns(server, resources),
  );
  await write(
    "builtin_schemas_data.json",
    distilSchemas(documents, resources, goFields),
  );
}

if (import.meta.main) {
  const [kubeconfig, fields] = Deno.args;
  if (kubeconfig === undefined || fields === undefined) {
    throw new TypeError(
      "Cannot distil the API: the path of a kubeconfig or of the fields is missing",
    );
  }
  await distil(kubeconfig, fields);
}
