import { type Clock, systemClock } from "../timing/clock.ts";
import type { ClientConfig } from "./config.ts";
import { HttpExchange } from "./http_exchange.ts";
import type { Fetch, HttpRequest, SentRequest } from "./http_request.ts";
import { readText } from "./read_text.ts";
import { streamBody } from "./stream_body.ts";
import { untilAborted } from "./until_aborted.ts";
import { upgrading } from "./upgrade.ts";
import type { Socket } from "./web_socket.ts";

/** One request to the API server. */
export interface ApiRequest extends HttpRequest {
  /**
   * Which connections to use: a lease must not wait behind other requests.
   *
   * @default {"request"}
   */
  readonly lane?: "request" | "lease" | undefined;
}

/** One request for a connection that carries messages in both directions. */
export interface SocketRequest
  extends Pick<HttpRequest, "path" | "query" | "signal" | "timeout"> {
  /** Subprotocols in order of preference. */
  readonly protocols: readonly string[];
}

/** A complete answer of the API server. */
export interface ApiResponse {
  /** HTTP status code, 200 to 299. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The whole body. */
  readonly text: string;
}

/** Sends requests to one API server. */
export interface Transport extends AsyncDisposable {
  /**
   * Sends a request and reads the whole answer.
   *
   * Tries again where that is safe: after 429 and 503 with `Retry-After` (at
   * most 5 times, 60 s each), a GET once after a broken connection, once with
   * fresh credentials after 401.
   *
   * @param request The request.
   * @returns The answer.
   * @throws {ApiError} If the API server refuses.
   * @throws {ConnectionError} If no complete answer comes.
   * @throws {ConfigError} If credentials, certificates or permissions lack.
   */
  request(request: ApiRequest): Promise<ApiResponse>;
  /**
   * Sends a request and hands on the body as it arrives; the timeout covers
   * the headers only.
   *
   * @param request The request; its lane does not count.
   * @returns The body; cancelling it closes the connection.
   * @throws {ApiError} If the API server refuses.
   * @throws {ConnectionError} If no answer comes.
   * @throws {ConfigError} If credentials, certificates or permissions lack.
   */
  stream(request: ApiRequest): Promise<ReadableStream<Uint8Array>>;
  /**
   * Opens a WebSocket with the credentials and certificates of any request;
   * the timeout covers the opening only.
   *
   * @param request The path, and the subprotocols; the signal closes it later.
   * @returns The connection; dispose of it to close it.
   * @throws {ApiError} If the API server refuses.
   * @throws {ConnectionError} If no connection opens.
   * @throws {ConfigError} If credentials, certificates or permissions lack.
   */
  connect(request: SocketRequest): Promise<Socket>;
}

/** Options of {@linkcode createTransport}. */
export interface TransportOptions {
  /**
   * Sends the requests.
   *
   * @default {fetch} or Node's `https` where the TLS settings want it
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
  /**
   * What the API server's audit log shows as the program.
   *
   * @default {"koprs"}
   */
  readonly userAgent?: string | undefined;
  /**
   * How long one try may take, in milliseconds; ten times as long where the
   * body of a GET keeps coming.
   *
   * @default {30000}
   */
  readonly timeout?: number | undefined;
  /**
   * How large an answer may be, in bytes, as it is when decompressed; a stream
   * has no such limit.
   *
   * @default {134217728} 128 MiB
   */
  readonly maxResponseSize?: number | undefined;
  /**
   * Called right before each try; what it throws ends the request.
   *
   * @default {undefined} every request is sent
   */
  readonly beforeTry?: ((request: HttpRequest) => void) | undefined;
  /**
   * Called after each try.
   *
   * @default {undefined} nobody is told
   */
  readonly onRequest?: ((sent: SentRequest) => void) | undefined;
}

/**
 * Makes a transport; nothing is sent or opened yet.
 *
 * Needs `--allow-net` for the API server.
 *
 * @example Ask a server for its version
 * ```ts
 * import { createTransport } from "./transport.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await using transport = createTransport({ server: "https://10.0.0.1:6443" }, {
 *   fetch: () => Promise.resolve(Response.json({ major: "1", minor: "35" })),
 * });
 * const { text } = await transport.request({ method: "GET", path: "/version" });
 * assertEquals(JSON.parse(text).minor, "35");
 * ```
 *
 * @param config The API server.
 * @param options How requests are sent.
 * @returns The transport; dispose of it to close all connections.
 * @throws {ConfigError} If the URL of the server is none, or credentials would
 *   go over plain HTTP to another machine.
 */
export function createTransport(
  config: ClientConfig,
  options: TransportOptions = {},
): Transport {
  const clock = options.clock ?? systemClock;
  const maxSize = options.maxResponseSize ?? 134_217_728;
  const exchange = new HttpExchange(config, {
    fetch: options.fetch,
    clock,
    userAgent: options.userAgent ?? "koprs",
    timeout: options.timeout ?? 30_000,
    beforeTry: options.beforeTry,
    onRequest: options.onRequest ?? (() => {}),
  });
  const { origin } = exchange;
  return {
    request: (request) =>
      exchange.send(request, {
        lane: request.lane ?? "request",
        read: async (response, deadline) => {
          const { status, headers } = response;
          // A large list may take its time, as long as it gets on.
          const progress = request.method === "GET" && request.lane !== "lease"
            ? deadline.extend
            : undefined;
          const reading = readText(response, { maxSize, origin, progress });
          const text = await untilAborted(reading, deadline.signal);
          deadline.clear();
          return { status, headers, text };
        },
      }),
    stream: (request) =>
      exchange.send(request, {
        lane: "watch",
        read: ({ body }, deadline) => {
          deadline.stop();
          return streamBody(body, { deadline, origin });
        },
      }),
    async connect({ protocols, ...request }) {
      const opened = Promise.withResolvers<Socket>();
      return await exchange.send({ method: "GET", ...request }, {
        lane: "watch",
        sendBy: ({ fetch, openSocket }) =>
          upgrading({
            protocols,
            fetch,
            openSocket,
            origin,
            clock,
            opened: opened.resolve,
          }),
        read: async (_response, deadline) => {
          deadline.stop();
          const socket = await opened.promise;
          void socket.closed.then(() => deadline.clear());
          return socket;
        },
      });
    },
    [Symbol.asyncDispose]: () => exchange[Symbol.asyncDispose](),
  };
}
