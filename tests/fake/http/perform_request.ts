import { STATUS_CODE } from "@std/http";
import { accessQuestion } from "../access/access_question.ts";
import { answerNonResource } from "../discovery/answer_non_resource.ts";
import type { JournalNotes } from "../journal.ts";
import type { ServerState } from "../server_state.ts";
import { stringifyYaml } from "../yaml/stringify_yaml.ts";
import { dispatch, NOT_FOUND } from "./dispatch.ts";
import type { RequestInfo } from "./request_info.ts";
import { StatusError } from "./status_error.ts";
import { internal, methodNotAllowed } from "./status_errors.ts";

/** A request to perform. */
export interface PlainRequest {
  /** The request. */
  readonly request: Request;
  /** What it is about. */
  readonly info: RequestInfo;
  /** Fails it instead. @default {undefined} */
  readonly fault?: Error | undefined;
}

/** What became of a request. */
export interface PerformedRequest {
  /** The answer. */
  readonly response: Response;
  /** The resourceVersion in it; empty without. */
  readonly resourceVersion: string;
  /** What the journal says of it besides. */
  readonly notes: JournalNotes;
}

/**
 * Does what a request asks and answers it; failures become a Status.
 *
 * @param state The server.
 * @param of The request.
 * @returns What became of it.
 */
export async function performRequest(
  state: ServerState,
  of: PlainRequest,
): Promise<PerformedRequest> {
  const { request } = of;
  const { headers } = request;
  const warnings: string[] = [];
  const notes: JournalNotes = {};
  const form = { isYaml: wantsYaml(headers), warnings, notes };
  try {
    return await perform(state, of, form);
  } catch (error) {
    const failure = error instanceof StatusError
      ? error
      : internal(`Cannot answer ${request.method} ${request.url}: ${error}`);
    const { code, status, retryAfterSeconds: retryAfter } = failure;
    const json = JSON.stringify(status);
    return plain(respond(code, json, { ...form, retryAfter }), notes);
  }
}

async function perform(
  state: ServerState,
  { request, info, fault }: PlainRequest,
  form: ResponseForm,
): Promise<PerformedRequest> {
  if (fault !== undefined) throw fault;
  const url = new URL(request.url);
  const user = state.access.authenticate(request.headers);
  state.access.authorize(user, accessQuestion(info, url.pathname));
  if (request.method === "HEAD" && info.isResource) throw methodNotAllowed();
  if (!info.isResource) {
    return plain(await answerNonResource(state, request, url), form.notes);
  }
  const { warnings, notes } = form;
  const query = url.searchParams;
  const answer = await dispatch(state, {
    request,
    query,
    info,
    user,
    warnings,
    notes,
  });
  if (answer === NOT_FOUND) return plain(notFoundText(), notes);
  const { resourceVersion } = answer;
  if ("response" in answer) {
    const { response } = answer;
    state.streams.add(response);
    return { response, resourceVersion, notes };
  }
  const response = respond(answer.code, answer.json, form);
  return { response, resourceVersion, notes };
}

function plain(response: Response, notes: JournalNotes): PerformedRequest {
  return { response, resourceVersion: "", notes };
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
  readonly warnings: string[];
  readonly notes: JournalNotes;
  readonly retryAfter?: number | undefined;
}

function respond(code: number, json: string, form: ResponseForm): Response {
  const { isYaml, warnings, retryAfter } = form;
  const headers = new Headers({
    "cache-control": "no-cache, private",
    "content-type": isYaml ? "application/yaml" : "application/json",
  });
  for (const warning of new Set(warnings)) {
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
