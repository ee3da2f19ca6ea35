import { goJsonError } from "../http/go_json_error.ts";
import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ServerState } from "../server_state.ts";
import { parseYaml } from "../yaml/yaml_body.ts";
import { answerError } from "./answer_error.ts";
import { WebhookCallError } from "./webhook_call_error.ts";
import type { WebhookClientConfig } from "./webhook_client_config.ts";
import { fetchFailure } from "./dial_failure.ts";
import { webhookEndpoint, webhookUrl } from "./webhook_endpoint.ts";

/** What a webhook is asked. */
export interface WebhookCall {
  /** Where it is. */
  readonly config: WebhookClientConfig;
  /** The review. */
  readonly review: JsonObject;
  /** How long it may take, in seconds. */
  readonly timeout: number;
}

/** The server, as far as it matters to a call. */
export type WebhookCaller = Pick<
  ServerState,
  "webhooks" | "store" | "clock" | "signal"
>;

const HEADERS = {
  accept: "application/json, */*",
  "content-type": "application/json",
  "user-agent": "kube-apiserver/v1.35.4 (linux/amd64) kubernetes/embedded",
};

/**
 * Asks a webhook as the API server does, by the client of client-go.
 *
 * Needs `--allow-net` for the host of the webhook, unless an option of the
 * server lets a function answer.
 *
 * @param caller The server.
 * @param call The webhook and the review.
 * @returns The review that came back.
 * @throws {WebhookCallError} If none did, in the words of Go.
 */
export async function callWebhook(
  caller: WebhookCaller,
  call: WebhookCall,
): Promise<JsonObject> {
  const url = webhookUrl(call.config, call.timeout);
  using deadline = deadlineOf(caller, call.timeout);
  let response: Response;
  let text: string;
  try {
    response = await deadline.until(post(caller, call, {
      url,
      signal: deadline.signal,
    }));
    text = await deadline.until(response.text());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WebhookCallError(`Post ${JSON.stringify(url)}: ${why}`);
  }
  const { status } = response;
  if (status < 200 || status > 206) {
    throw new WebhookCallError(answerError(response, text));
  }
  if (text === "") {
    const type = response.headers.get("content-type") || "application/json";
    throw new WebhookCallError(
      `0-length response with status code: ${status} and content type: ${type}`,
    );
  }
  return await readReview(text, call.review);
}

async function post(
  caller: WebhookCaller,
  { config, review }: WebhookCall,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<Response> {
  const endpoint = webhookEndpoint(caller, config);
  const body = JSON.stringify(review);
  if ("handler" in endpoint) {
    const init = { method: "POST", headers: HEADERS, body, signal };
    return await endpoint.handler(new Request(url, init));
  }
  const { caBundle = "" } = config;
  const target = new URL(url);
  if (caBundle === "" && target.hostname === endpoint.hostname) {
    // The authorities of the system, which node:https has by --allow-sys alone.
    const init = { method: "POST", headers: HEADERS, body, signal } as const;
    return await fetch(url, { ...init, redirect: "manual" })
      .catch((error) => {
        throw new WebhookCallError(fetchFailure(error, endpoint));
      });
  }
  // Only a server that calls webhooks over a socket needs it.
  const { postHttps } = await import("./post_https.ts");
  return await postHttps({
    ...endpoint,
    url: target,
    headers: HEADERS,
    body,
    authorities: caBundle === "" ? [] : [atob(caBundle)],
    signal,
  });
}

interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  until<R>(work: Promise<R>): Promise<R>;
}

function deadlineOf({ clock, signal }: WebhookCaller, seconds: number) {
  const ended = Promise.withResolvers<never>();
  // Nobody may be waiting any more.
  ended.promise.catch(() => {});
  const abort = new AbortController();
  const end = (why: string) => {
    ended.reject(new WebhookCallError(why));
    abort.abort();
  };
  const cancel = clock.setTimer(
    () => end("context deadline exceeded"),
    seconds * 1_000,
  );
  const closed = () => end("context canceled");
  signal.addEventListener("abort", closed);
  const deadline: Deadline = {
    signal: abort.signal,
    until: (work) => Promise.race([work, ended.promise]),
    [Symbol.dispose]() {
      cancel();
      signal.removeEventListener("abort", closed);
    },
  };
  return deadline;
}

/** Reads a review; the client of client-go takes YAML for JSON too. */
async function readReview(
  text: string,
  asked: JsonObject,
): Promise<JsonObject> {
  let value: unknown;
  try {
    value = isJson(text) ? JSON.parse(text) : (await parseYaml(text)).value;
  } catch {
    throw new WebhookCallError(
      `couldn't get version/kind; json parse error: ${goJsonError(text)}`,
    );
  }
  if (isObject(value)) {
    checkKind(value, asked);
    return value;
  }
  const type = Array.isArray(value) ? "array" : typeof value;
  throw new WebhookCallError(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${type} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
  );
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** Says nothing of what is left out, which counts as what was asked. */
function checkKind(review: JsonObject, asked: JsonObject): void {
  const kind = review.kind || asked.kind;
  const apiVersion = review.apiVersion || asked.apiVersion;
  const [group] = String(asked.apiVersion).split("/");
  const isKnown = kind === asked.kind &&
    (apiVersion === `${group}/v1` || apiVersion === `${group}/v1beta1`);
  if (isKnown) return;
  throw new WebhookCallError(
    `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
  );
}
