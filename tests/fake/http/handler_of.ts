import { STATUS_CODE } from "@std/http";
import { requestToken } from "../access/request_token.ts";
import { ACCESS_REVIEWS, reviewAccess } from "../access/review_access.ts";
import { reviewRules } from "../access/review_rules.ts";
import { reviewSelf } from "../access/review_self.ts";
import { forwardPort } from "../kubelet/forward_port.ts";
import { readLog } from "../kubelet/read_log.ts";
import { runCommand } from "../kubelet/run_command.ts";
import { getObject } from "../read/get_object.ts";
import { listObjects } from "../read/list_objects.ts";
import { watchObjects } from "../read/watch_objects.ts";
import { createObject } from "../write/create_object.ts";
import { deleteCollection } from "../write/delete_collection.ts";
import { deleteObject } from "../write/delete_object.ts";
import { evictPod } from "../write/evict_pod.ts";
import { finalizeNamespace } from "../write/finalize_namespace.ts";
import { patchObject } from "../write/patch_object.ts";
import { scaleObject } from "../write/scale_object.ts";
import { updateObject } from "../write/update_object.ts";
import type { Handler, RequestContext } from "./request_context.ts";
import { StatusError } from "./status_error.ts";

const HANDLERS: Readonly<Record<string, Handler>> = {
  get: getObject,
  list: listObjects,
  watch: watchObjects,
  create: createObject,
  update: updateObject,
  patch: patchObject,
  delete: deleteObject,
  deletecollection: deleteCollection,
};

/**
 * Finds what answers a request whose verb its resource knows.
 *
 * @param context The request.
 * @returns The handler.
 * @throws {StatusError} 501 if the embedded server cannot do that.
 */
export function handlerOf(context: RequestContext): Handler {
  const { info, resource } = context;
  const { subresource, verb } = info;
  const handler = HANDLERS[verb];
  switch (subresource) {
    case "":
    case "status":
      if (handler !== undefined && resource.verbs.length > 1) return handler;
      if (ACCESS_REVIEWS.includes(resource.plural)) return reviewAccess;
      if (resource.plural === "selfsubjectreviews") return reviewSelf;
      if (resource.plural === "selfsubjectrulesreviews") return reviewRules;
      break;
    case "scale": {
      const { scale } = resource;
      if (scale !== undefined) return (of) => scaleObject(of, scale);
      break;
    }
    case "eviction":
      if (verb === "create") return evictPod;
      break;
    case "token":
      return requestToken;
    case "log":
      return readLog;
    case "exec":
    case "attach":
      return runCommand;
    case "portforward":
      return forwardPort;
    case "finalize":
      if (verb === "update") return finalizeNamespace;
  }
  throw notSupported(context);
}

/** Says loudly that the embedded server does less than a real one. */
function notSupported({ info, resource }: RequestContext): StatusError {
  const { subresource, verb } = info;
  const what = subresource === ""
    ? resource.plural
    : `${resource.plural}/${subresource}`;
  return new StatusError(
    `the embedded API server does not support "${verb}" of ${what}`,
    { code: STATUS_CODE.NotImplemented, reason: "NotImplemented" },
  );
}
