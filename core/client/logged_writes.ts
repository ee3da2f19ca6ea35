import type { KubeObject } from "../kind/object.ts";
import { getLogger } from "../telemetry/logger.ts";
import { type Clock, systemClock } from "../timing/clock.ts";
import { ApiError } from "./api_error.ts";
import type { ApiRequest, ApiResponse, Transport } from "./transport.ts";

/**
 * Makes a transport that logs each write at debug level, under `["koprs",
 * "client"]`: verb, kind, key, field manager, version, status and duration.
 *
 * It never logs a body. Without a logger at that level it costs nothing.
 *
 * @example Log the writes of a transport
 * ```ts
 * import { createTransport } from "./transport.ts";
 * import { loggedWrites } from "./logged_writes.ts";
 *
 * await using transport = loggedWrites(
 *   createTransport({ server: "http://127.0.0.1:8001" }),
 * );
 * ```
 *
 * @param transport Sends the requests.
 * @param clock Where time comes from.
 * @returns The transport.
 */
export function loggedWrites(
  transport: Transport,
  clock: Clock = systemClock,
): Transport {
  const logger = getLogger("client");
  return {
    ...transport,
    async request(request): Promise<ApiResponse> {
      const isRead = request.method === "GET";
      if (isRead || !logger.isEnabledFor("debug")) {
        return await transport.request(request);
      }
      const target = targetOf(request.path);
      const { kind, namespace, name, subresource } = target;
      const start = clock.now();
      const log = (status: number | string, text = "{}"): void => {
        const written = metadataOf(text);
        logger.debug("Wrote", {
          verb: verbOf(request, target),
          kind,
          key: [namespace, name ?? written.name].filter(Boolean).join("/"),
          subresource,
          fieldManager: request.query?.fieldManager,
          resourceVersion: written.resourceVersion,
          status,
          duration: clock.now() - start,
        });
      };
      try {
        const response = await transport.request(request);
        log(response.status, response.text);
        return response;
      } catch (error) {
        log(error instanceof ApiError ? error.code : "<error>");
        throw error;
      }
    },
  };
}

/** What a path of `resourcePath()` names. */
interface Target {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

function targetOf(path: string): Target {
  const steps = path.split("/").slice(1).map(decodeURIComponent);
  const group = steps[0] === "api" ? "" : steps[1] ?? "";
  const [version = "", ...rest] = steps.slice(group === "" ? 1 : 2);
  // `namespaces/a` is a Namespace, `namespaces/a/pods` are in one.
  const isWithin = rest[0] === "namespaces" && !isPart(rest[2]);
  const [plural = "", name, subresource] = isWithin ? rest.slice(2) : rest;
  const resource = group === "" ? plural : `${plural}.${group}`;
  return {
    kind: `${resource}/${version}`,
    namespace: isWithin ? rest[1] : undefined,
    name,
    subresource,
  };
}

/** Namespaces have these parts themselves. */
function isPart(step: string | undefined): boolean {
  return step === undefined || step === "status" || step === "finalize";
}

function verbOf({ method, contentType }: ApiRequest, target: Target): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "DELETE":
      return target.name === undefined ? "deletecollection" : "delete";
    default:
      return contentType?.includes("apply-patch") ? "apply" : "patch";
  }
}

function metadataOf(
  text: string,
): { readonly name?: string; readonly resourceVersion?: string } {
  try {
    // JSON of the API server, whatever is in it.
    return (JSON.parse(text) as Partial<KubeObject> | null)?.metadata ?? {};
  } catch {
    return {}; // whoever reads the answer says so
  }
}
