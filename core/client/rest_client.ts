import type { Client } from "./client.ts";
import { parseAnswer } from "./parse_answer.ts";
import { type RestTunnel, restTunnel } from "./rest_tunnel.ts";
import type { ApiRequest, Transport } from "./transport.ts";
import { watchBatches } from "./watch_stream.ts";

/** Any JSON, as `@cloudydeno/kubernetes-client` types it. */
export type RestJson =
  | string
  | number
  | boolean
  | null
  | undefined
  | RestJson[]
  | { [key: string]: RestJson };

/** A request, as `@cloudydeno/kubernetes-client` 0.8 describes it. */
export interface RestRequest {
  /** HTTP method; `OPTIONS` and `HEAD` are refused. */
  method: ApiRequest["method"] | "OPTIONS" | "HEAD";
  /** Absolute path without the query. */
  path: string;
  /** Query parameters. */
  querystring?: URLSearchParams;
  /** Ends the request. */
  abortSignal?: AbortSignal;
  /** The media type of the body. */
  contentType?: string;
  /** The body, as UTF-8. */
  bodyRaw?: Uint8Array;
  /** The body, as JSON. */
  bodyJson?: RestJson;
  /** The body, as UTF-8; it is read before anything is sent. */
  bodyStream?: ReadableStream<Uint8Array>;
  /** The media type of the answer. */
  accept?: string;
  /** Subprotocols in order of preference, for exec and the like. */
  expectTunnel?: string[];
  /** Whether the answer is wanted as it arrives. */
  expectStream?: boolean;
  /** Whether the answer is JSON. */
  expectJson?: boolean;
}

/** Sends requests, as the classes of `@cloudydeno/kubernetes-apis` want it. */
export interface RestClient extends Disposable {
  /** Opens channels, for exec, attach and port-forward. */
  performRequest(
    request: RestRequest & { expectTunnel: string[] },
  ): Promise<RestTunnel>;
  /** Streams lines of JSON, as a watch sends them. */
  performRequest(
    request: RestRequest & { expectStream: true; expectJson: true },
  ): Promise<ReadableStream<RestJson>>;
  /** Streams bytes. */
  performRequest(
    request: RestRequest & { expectStream: true },
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** Reads JSON. */
  performRequest(
    request: RestRequest & { expectJson: true },
  ): Promise<RestJson>;
  /** Reads bytes. */
  performRequest(request: RestRequest): Promise<Uint8Array<ArrayBuffer>>;
  /** The namespace of the client's configuration. */
  defaultNamespace?: string;
}

/**
 * Lets the classes of `@cloudydeno/kubernetes-apis` send their requests
 * through a client, with its credentials, retries and connections:
 * `new CoreV1Api(restClient(client))`.
 *
 * The client stays open when the adapter is disposed of. Refusals are thrown
 * as {@linkcode ApiError}; informers do not hear of writes but by their watch.
 *
 * @example Send a request that a generated class would send
 * ```ts
 * import { Client, restClient } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 *
 * const version = await restClient(client).performRequest({
 *   method: "GET",
 *   path: "/version",
 *   expectJson: true,
 * });
 * assertEquals((version as { major: string }).major, "1");
 * ```
 *
 * @param client The client.
 * @returns The adapter.
 */
export function restClient(
  { transport, config }: Pick<Client, "transport" | "config">,
): RestClient {
  const { namespace } = config;
  return {
    // One function answers all forms; the request says which.
    performRequest:
      ((request: RestRequest) => perform(transport, request)) as RestClient[
        "performRequest"
      ],
    ...namespace !== undefined && { defaultNamespace: namespace },
    [Symbol.dispose]: () => {},
  };
}

async function perform(
  transport: Transport,
  request: RestRequest,
): Promise<unknown> {
  const { expectTunnel, expectStream = false, expectJson = false } = request;
  const sent = await apiRequest(request);
  if (expectTunnel !== undefined) {
    const { path, query, signal } = sent;
    return restTunnel(
      await transport.connect({ path, query, signal, protocols: expectTunnel }),
    );
  }
  if (expectJson && !expectStream) {
    return parseAnswer(sent, (await transport.request(sent)).text);
  }
  const body = await transport.stream(sent);
  if (!expectStream) return await new Response(body).bytes();
  return expectJson ? ReadableStream.from(events(body)) : body;
}

async function apiRequest(request: RestRequest): Promise<ApiRequest> {
  const { method, path, querystring, abortSignal, accept } = request;
  if (method === "OPTIONS" || method === "HEAD") {
    throw new TypeError(`Cannot request ${path}: ${method} is not supported`);
  }
  const query: Record<string, readonly string[]> = {};
  for (const name of querystring?.keys() ?? []) {
    query[name] = querystring?.getAll(name) ?? [];
  }
  return {
    method,
    path,
    query,
    accept,
    contentType: request.contentType,
    body: await bodyText(request),
    signal: abortSignal,
  };
}

async function bodyText(
  { bodyJson, bodyRaw, bodyStream }: RestRequest,
): Promise<string | undefined> {
  if (bodyJson !== undefined) return JSON.stringify(bodyJson);
  const bytes = bodyStream === undefined
    ? bodyRaw
    : await new Response(bodyStream).bytes();
  // The API server takes no other text; what is none must not be changed.
  return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

async function* events(
  body: ReadableStream<Uint8Array>,
): AsyncIterableIterator<unknown> {
  for await (const batch of watchBatches(body)) yield* batch;
}
