import { withFault } from "../faults/with_fault.ts";
import type { Journal } from "../journal.ts";
import type { ServerState } from "../server_state.ts";
import { managerOf } from "../write/write_options.ts";
import { mediaType } from "./media_type.ts";
import { performRequest } from "./perform_request.ts";
import { requestInfo } from "./request_info.ts";

/**
 * Answers any request, or does to it what a fault says.
 *
 * @param state The server.
 * @param journal Where the request is noted.
 * @param request The request.
 * @returns The answer.
 */
export async function answerRequest(
  state: ServerState,
  journal: Journal,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const info = requestInfo(request.method, url);
  const { headers } = request;
  const userAgent = headers.get("user-agent") ?? "";
  const type = mediaType(headers.get("content-type"));
  const isApply = info.verb === "patch" && type.startsWith("application/apply");
  const entry = {
    at: state.clock.now(),
    method: request.method,
    verb: isApply ? "apply" : info.verb,
    path: url.pathname + url.search,
    group: info.group,
    resource: info.resource,
    subresource: info.subresource,
    namespace: info.namespace,
    name: info.name,
    manager: url.searchParams.get("fieldManager") || managerOf(userAgent),
    userAgent,
  };
  const done = journal.add(entry);
  const perform = async (of: Request, fault?: Error): Promise<Response> => {
    const { response, resourceVersion, notes } = await performRequest(state, {
      request: of,
      info,
      fault,
    });
    done({ status: response.status, resourceVersion, ...notes });
    return response;
  };
  try {
    const effect = state.faults.hit(entry);
    if (effect === undefined) return await perform(request);
    const { clock, signal } = state;
    const context = { request, clock, signal, perform };
    const response = await withFault(effect, context);
    state.streams.add(response);
    return response;
  } finally {
    if (!request.bodyUsed) await request.body?.cancel();
  }
}
