import { STATUS_CODE } from "@std/http";
import { metadataOf } from "../object/object_meta.ts";
import type { GroupVersion } from "../resource/resource_table.ts";
import type { ServerState } from "../server_state.ts";
import { crdOf } from "./custom_definition.ts";
import { openApiDocument, swaggerDocument } from "./openapi_document.ts";

const ROOT = "/openapi/v3";
const JSON_REGEXP = /(^|,)\s*(application\/json|application\/\*|\*\/\*)/;

/**
 * Answers a request below `/openapi/`: documents in JSON, with hashes that change
 * with the CRDs.
 *
 * @param state The server.
 * @param request The request.
 * @returns The answer; 406 if the client wants protobuf.
 */
export async function answerOpenApi(
  state: ServerState,
  request: Request,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const { store, resources } = state;
  const { versions } = resources;
  if (pathname === ROOT) {
    const entries = await Promise.all(versions.map(async (version) => {
      const hash = await hashOf(state, version);
      const url = `${ROOT}/${pathOf(version)}?hash=${hash}`;
      return [pathOf(version), { serverRelativeURL: url }] as const;
    }));
    return json({ paths: Object.fromEntries(entries) });
  }
  if (!JSON_REGEXP.test(request.headers.get("accept") ?? "*/*")) {
    return empty(STATUS_CODE.NotAcceptable);
  }
  if (pathname === "/openapi/v2") {
    return json(await swaggerDocument(store, versions));
  }
  const version = versions.find((one) => pathname === `${ROOT}/${pathOf(one)}`);
  if (version === undefined) return empty(STATUS_CODE.NotFound);
  const hash = await hashOf(state, version);
  const headers = { etag: `"${hash}"`, vary: "Accept" };
  const wanted = searchParams.get("hash");
  if (wanted !== null && wanted !== hash) {
    const location = `${pathname}?hash=${hash}`;
    return empty(STATUS_CODE.MovedPermanently, { ...headers, location });
  }
  if (request.headers.get("if-none-match") === headers.etag) {
    return empty(STATUS_CODE.NotModified, headers);
  }
  return json(await openApiDocument(store, version), headers);
}

function pathOf({ group, version }: GroupVersion): string {
  return group === "" ? `api/${version}` : `apis/${group}/${version}`;
}

/** Changes when a CRD of the group does. */
async function hashOf(
  { store }: ServerState,
  version: GroupVersion,
): Promise<string> {
  const parts = [pathOf(version)];
  for (const resource of version.resources.values()) {
    if (!resource.strategy.custom) continue;
    const { uid, generation } = metadataOf(crdOf(store, resource));
    parts.push(`${uid}/${generation}`);
  }
  const bytes = new TextEncoder().encode(parts.join("\n"));
  const digest = await crypto.subtle.digest("SHA-512", bytes);
  return Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("").toUpperCase();
}

function json(document: object, headers: HeadersInit = {}): Response {
  const response = new Response(JSON.stringify(document), { headers });
  response.headers.set("content-type", "application/json");
  return response;
}

function empty(status: number, headers: HeadersInit = {}): Response {
  return new Response(null, { status, headers });
}
