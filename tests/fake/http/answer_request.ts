import { STATUS_CODE } from "@std/http";
import { accessQuestion } from "../access/access_question.ts";
import { answerNonResource } from "../discovery/answer_non_resource.ts";
import type { Journal } from "../journal.ts";
import type { ServerState } from "../server_state.ts";
import { managerOf } from "../write/write_options.ts";
import { stringifyYaml } from "../yaml_body.ts";
import { dispatch, NOT_FOUND } from "./dispatch.ts";
import { mediaType } from "./media_type.ts";
import { requestInfo } from "./request_info.ts";
import { StatusError } from "./status_error.ts";
import { internal, methodNotAllowed } from "./status_errors.ts";

/**
 * Answers any request.
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
  const query = url.searchParams;
  const info = requestInfo(request.method, url);
  const { headers } = request;
  const userAgent = headers.get("user-agent") ?? "";
  const type = mediaType(headers.get("content-type"));
  const isApply = info.verb === "patch" && type.startsWith("application/apply");
  const done = journal.add({
    at: state.clock.now(),
    method: request.method,
    verb: isApply ? "apply" : info.verb,
    path: url.pathname + url.search,
    group: info.group,
    resource: info.resource,
    subresource: info.subresource,
    namespace: info.namespace,
    name: info.name,
    manager: query.get("fieldManager") || managerOf(userAgent),
    userAgent,
  });
  const warnings: string[] = [];
  const form = { isYaml: wantsYaml(headers), warnings };
  try {
    const user = state.access.authenticate(headers);
    state.access.authorize(user, accessQuestion(info, url.pathname));
    if (request.method === "HEAD" && info.isResource) throw methodNotAllowed();
    if (!info.isResource) {
      const response = await answerNonResource(state, request, url);
      done({ status: response.status, resourceVersion: "" });
      return response;
    }
    const answer = await dispatch(state, {
      request,
      query,
      info,
      user,
      warnings,
    });
    if (answer === NOT_FOUND) {
      done({ status: STATUS_CODE.NotFound, resourceVersion: "" });
      return notFoundText();
    }
    const { resourceVersion } = answer;
    const response = "response" in answer
      ? answer.response
      : respond(answer.code, answer.json, form);
    done({ status: response.status, resourceVersion });
    return response;
  } catch (error) {
    const failure = error instanceof StatusError
      ? error
      : internal(`Cannot answer ${request.method} ${url.pathname}: ${error}`);
    const { code, status, retryAfterSeconds: retryAfter } = failure;
    done({ status: code, resourceVersion: "" });
    return respond(code, JSON.stringify(status), { ...form, retryAfter });
  } finally {
    if (!request.bodyUsed) await request.body?.cancel();
  }
}

/** Says in plain text that nothing is served at a path. */
export function notFoundText(): Response {
  return new Response(`${NOT_FOUND}\n`, {
    status: STATUS_CODE.NotFound,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
    },
  });
}

interface ResponseForm {
  readonly isYaml: boolean;
  readonly warnings: readonly string[];
  readonly retryAfter?: number | undefined;
}

function respond(code: number, json: string, form: ResponseForm): Response {
  const { isYaml, warnings, retryAfter } = form;
  const headers = new Headers({
    "cache-control": "no-cache, private",
    "content-type": isYaml ? "application/yaml" : "application/json",
  });
  for (const warning of warnings) {
    headers.append("warning", `299 - ${JSON.stringify(headerSafe(warning))}`);
  }
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  const body = isYaml ? stringifyYaml(JSON.parse(json)) : `${json}\n`;
  return new Response(body, { status: code, headers });
}

/** Header values hold neither line breaks nor anything beyond Latin-1. */
function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function wantsYaml(headers: Headers): boolean {
  return /^\s*application\/yaml/.test(headers.get("accept") ?? "");
}
