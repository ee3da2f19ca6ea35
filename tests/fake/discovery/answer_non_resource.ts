import { STATUS_CODE } from "@std/http";
import { answerOpenApi } from "../openapi/answer_openapi.ts";
import { methodNotAllowed, noSuchResource } from "../http/status_errors.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ServerState } from "../server_state.ts";
import { aggregatedGroups, wantsAggregated } from "./aggregated_discovery.ts";
import { apiGroup, apiGroups, apiResources } from "./plain_discovery.ts";
import { SERVER_VERSION } from "./server_version.ts";

/** The checks that every server has. */
const HEALTH_REGEXP =
  /^\/(healthz|livez|readyz)(\/(ping|log|etcd|poststarthook\/[\w-]+))?$/;

/**
 * Answers a request that names no resource: discovery, version and health.
 *
 * @param state The server.
 * @param request The request.
 * @param url Its URL.
 * @returns The answer.
 */
export async function answerNonResource(
  state: ServerState,
  request: Request,
  url: URL,
): Promise<Response> {
  const path = url.pathname.replace(/(?<=.)\/$/, "");
  if (path.startsWith("/openapi/")) return await answerOpenApi(state, request);
  const aggregated = wantsAggregated(request.headers.get("accept"));
  if (aggregated !== undefined && (path === "/api" || path === "/apis")) {
    const groups = aggregatedGroups(state.resources, path === "/api");
    return await tagged(request, groups, aggregated);
  }
  if (HEALTH_REGEXP.test(path)) return text("ok");
  const [, root, group = "", version = ""] = path.split("/");
  const document = await documentAt(state, { path, root, group, version, url });
  if (document === undefined) {
    return text("404 page not found\n", STATUS_CODE.NotFound);
  }
  if (request.method !== "GET") throw methodNotAllowed();
  return json(document);
}

interface Place {
  readonly path: string;
  readonly root: string | undefined;
  readonly group: string;
  readonly version: string;
  readonly url: URL;
}

async function documentAt(
  { resources }: ServerState,
  { path, root, group, version, url }: Place,
): Promise<JsonObject | undefined> {
  if (path === "/version") return SERVER_VERSION;
  if (path === "") return { paths: pathsOf(resources) };
  if (path === "/api") {
    return {
      kind: "APIVersions",
      versions: ["v1"],
      serverAddressByClientCIDRs: [{
        clientCIDR: "0.0.0.0/0",
        serverAddress: url.host,
      }],
    };
  }
  if (path === "/apis") return apiGroups(resources);
  if (root === "api" && version === "") {
    const core = resources.version("", group);
    if (core === undefined) throw noSuchResource();
    return await apiResources(core);
  }
  if (root !== "apis") return undefined;
  if (version === "") return apiGroup(resources, group);
  const served = resources.version(group, version);
  if (served !== undefined) return await apiResources(served);
  const known = resources.versions.find((other) => other.group === group);
  const isCustom = known === undefined ||
    [...known.resources.values()].some(({ strategy }) => strategy.custom);
  if (isCustom) return undefined;
  throw noSuchResource();
}

function pathsOf(resources: ServerState["resources"]): string[] {
  const groups = resources.versions.map(({ group }) => group)
    .filter((group) => group !== "");
  const versions = resources.versions.map(({ group, version }) =>
    group === "" ? `/api/${version}` : `/apis/${group}/${version}`
  );
  return [
    "/api",
    "/apis",
    "/healthz",
    "/livez",
    "/readyz",
    "/version",
    ...new Set(groups.map((group) => `/apis/${group}`)),
    ...versions,
  ].sort();
}

async function tagged(
  request: Request,
  document: JsonObject,
  contentType: string,
): Promise<Response> {
  const body = JSON.stringify(document);
  const bytes = new TextEncoder().encode(body);
  const digest = await crypto.subtle.digest("SHA-512", bytes);
  const hex = [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  const headers = {
    etag: `"${hex}"`,
    vary: "Accept",
    "cache-control": "public",
    "content-type": contentType,
  };
  if (request.headers.get("if-none-match") === headers.etag) {
    return new Response(null, { status: STATUS_CODE.NotModified, headers });
  }
  return new Response(body, { headers });
}

function json(document: JsonObject): Response {
  return new Response(`${JSON.stringify(document)}\n`, {
    headers: {
      "cache-control": "no-cache, private",
      "content-type": "application/json",
    },
  });
}

function text(body: string, status: number = STATUS_CODE.OK): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
    },
  });
}
