import type { User } from "../access/user.ts";
import type { JournalNotes } from "../journal.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import { resourceName } from "../resource/served_resource.ts";
import type { ServerState } from "../server_state.ts";
import { handlerOf } from "./handler_of.ts";
import { negotiate } from "./media_type.ts";
import type { Answer, RequestContext } from "./request_context.ts";
import type { RequestInfo } from "./request_info.ts";
import {
  badRequest,
  methodNotAllowed,
  noSuchResource,
  notFound,
} from "./status_errors.ts";

/** A request that names a resource of an API. */
export interface ResourceRequest {
  /** The request. */
  readonly request: Request;
  /** Its query. */
  readonly query: URLSearchParams;
  /** What it is about. */
  readonly info: RequestInfo;
  /** Who sends it. */
  readonly user: User;
  /** Warnings for the answer; grows. */
  readonly warnings: string[];
  /** What the journal says of it besides; grows. */
  readonly notes: JournalNotes;
}

/** Says that nothing is served at a path, in plain text. */
export const NOT_FOUND = "404 page not found";

/**
 * Answers a request for a resource.
 *
 * @param state The server.
 * @param of The request.
 * @returns The answer; {@linkcode NOT_FOUND} if there is no such group.
 * @throws {StatusError} If the request fails.
 */
export async function dispatch(
  state: ServerState,
  of: ResourceRequest,
): Promise<Answer | typeof NOT_FOUND> {
  const { info, request } = of;
  const { group, version } = info;
  const resource = state.resources.find(group, version, info.resource);
  if (resource === undefined) {
    const served = state.resources.version(group, version);
    if (served === undefined || isCustomGroup(served)) return NOT_FOUND;
    throw noSuchResource();
  }
  const { custom, deprecation } = resource.strategy;
  if (!fitsScope(resource, info)) {
    if (custom) return NOT_FOUND;
    throw info.name !== "" || info.namespace !== "" ||
        resource.namespaced && info.verb === "list"
      ? noSuchResource()
      : methodNotAllowed();
  }
  checkVerb(resource, info);
  if (deprecation !== undefined) of.warnings.push(deprecation);
  const representation = negotiate(request.headers.get("accept"), custom);
  const context: RequestContext = { ...of, resource, representation, state };
  return await handlerOf(context)(context);
}

/** Group versions made of CRDs answer unknown paths in plain text. */
function isCustomGroup(
  { resources }: { readonly resources: ReadonlyMap<string, ServedResource> },
): boolean {
  for (const { strategy } of resources.values()) return strategy.custom;
  return false;
}

/** Namespaced objects are only listed without their namespace. */
function fitsScope(resource: ServedResource, info: RequestInfo): boolean {
  if (resource.collection === "namespaces") return true;
  if (!resource.namespaced) return info.namespace === "";
  if (info.namespace !== "") return true;
  return info.name === "" && (info.verb === "list" || info.verb === "watch");
}

function checkVerb(resource: ServedResource, info: RequestInfo): void {
  const { strategy } = resource;
  const { name, verb, subresource } = info;
  if (info.rest.length > 0 && !strategy.custom) {
    const known = resource.subresources.some((sub) =>
      sub.name.startsWith(`${subresource}/`) || sub.name === "proxy"
    );
    if (!known) throw noSuchResource();
  }
  if (subresource !== "") {
    const found = resource.subresources.find((sub) => sub.name === subresource);
    if (found === undefined) {
      throw strategy.custom
        ? notFound(resourceName(resource), name)
        : noSuchResource();
    }
    if (!found.verbs.includes(verb)) throw methodNotAllowed();
    return;
  }
  if (strategy.custom) {
    const needsName = verb === "update" || verb === "patch";
    if (needsName && name === "") throw badRequest("name must be provided");
  } else {
    const isNamed = name !== "";
    const ofOne = ["get", "update", "patch", "delete"].includes(verb);
    const fits = isNamed === ofOne || isNamed && verb === "watch";
    if (!fits) throw methodNotAllowed();
  }
  if (!resource.verbs.includes(verb)) throw methodNotAllowed();
}
