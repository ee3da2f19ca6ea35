import type { Clock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { ApiError } from "./api_error.ts";
import { apiErrorFromStatus } from "./api_status.ts";
import type { ClientCertificate, ClientConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError, connectionErrorFrom } from "./connection_error.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { HttpClients, type Lane } from "./http_clients.ts";
import { permissionError } from "./permissions.ts";
import { impersonationHeaders } from "./impersonation_headers.ts";
import { type Query, requestUrl } from "./request_url.ts";
import { Retries } from "./retry.ts";
import { parseRetryAfter } from "./retry_after.ts";
import { handshakeError } from "./tls_error.ts";
import { WarningLog } from "./warning_log.ts";

/** What a request needs, whichever way its answer is read. */
export interface HttpRequest {
  /** HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Encoded path, as `resourcePath()` makes it. */
  readonly path: string;
  /** Query parameters; `undefined` leaves one out. */
  readonly query?: Query | undefined;
  /** The body, as text. */
  readonly body?: string | undefined;
  /**
   * The media type of the body.
   *
   * @default {"application/json"}
   */
  readonly contentType?: string | undefined;
  /**
   * The media type of the answer.
   *
   * @default {"application/json"}
   */
  readonly accept?: string | undefined;
  /** Ends the request, and waits between tries. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long one try may take, headers and body, in milliseconds.
   *
   * @default {30000} or what the transport was made with
   */
  readonly timeout?: number | undefined;
}

/**
 * Sends one HTTP request; `globalThis.fetch` is one.
 *
 * @param input The URL.
 * @param init Method, headers, body, signal, and the connection pool.
 * @returns The response.
 */
export type Fetch = (
  input: string,
  init: RequestInit & { client?: Deno.HttpClient },
) => Promise<Response>;

/** How one try went. */
export interface SentRequest {
  /** HTTP method. */
  readonly method: string;
  /** HTTP status code; `"<error>"` if no answer came. */
  readonly code: number | string;
  /** How long it took until the answer could be used, in milliseconds. */
  readonly duration: number;
  /** Which connections it used. */
  readonly lane: string;
}

/** Options of {@linkcode HttpExchange}. */
export interface HttpExchangeOptions {
  /** Sends the requests. */
  readonly fetch: Fetch;
  /** Where time comes from. */
  readonly clock: Clock;
  /** What the API server's audit log shows as the program. */
  readonly userAgent: string;
  /** How long one try may take, in milliseconds. */
  readonly timeout: number;
  /** Called after each try. */
  readonly onRequest: (sent: SentRequest) => void;
}

/**
 * Uses a good answer; clears the deadline, or leaves that to a stream.
 *
 * @typeParam R What is made of the answer.
 * @param response The answer, 200 to 299.
 * @param deadline Bounds the reading.
 * @returns What was made of it.
 */
export type ReadAnswer<R> = (
  response: Response,
  deadline: Deadline,
) => R | Promise<R>;

/**
 * Sends requests to one API server, each as often as makes sense.
 *
 * @example Send a request
 * ```ts
 * import { HttpExchange, systemClock } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * await using exchange = new HttpExchange({ server: "http://127.0.0.1:8001" }, {
 *   fetch: () => Promise.resolve(new Response("ok")),
 *   clock: systemClock,
 *   userAgent: "example",
 *   timeout: 1_000,
 *   onRequest: () => {},
 * });
 * const text = await exchange.send(
 *   { method: "GET", path: "/readyz" },
 *   { lane: "request", read: (response) => response.text() },
 * );
 * assertEquals(text, "ok");
 * ```
 */
export class HttpExchange implements AsyncDisposable {
  /** The origin of the server, for messages. */
  readonly origin: string;
  readonly #config: ClientConfig;
  readonly #options: HttpExchangeOptions;
  readonly #clients: HttpClients;
  readonly #warnings = new WarningLog();
  readonly #open = new Set<Deadline>();
  readonly #fixedHeaders: readonly [string, string][];
  #closed = false;

  /**
   * Opens no connection yet.
   *
   * @param config The API server.
   * @param options How requests are sent.
   * @throws {ConfigError} If the URL of the server is none.
   */
  constructor(config: ClientConfig, options: HttpExchangeOptions) {
    this.#config = config;
    this.#options = options;
    this.origin = originOf(config);
    this.#clients = new HttpClients(config);
    this.#fixedHeaders = [
      ["user-agent", options.userAgent],
      ...impersonationHeaders(config.impersonate),
    ];
  }

  /**
   * Sends a request until it is answered, or will not be.
   *
   * @typeParam R What is made of the answer.
   * @param request The request.
   * @param options Which connections to use, and how to read the answer.
   * @returns What was made of the answer.
   * @throws {ApiError} If the API server refuses.
   * @throws {ConnectionError} If no complete answer comes.
   * @throws {ConfigError} If credentials, certificates or permissions lack.
   */
  async send<R>(
    request: HttpRequest,
    options: { readonly lane: Lane; readonly read: ReadAnswer<R> },
  ): Promise<R> {
    const url = requestUrl(this.#config.server, request.path, request.query);
    const retries = new Retries(request.method);
    const { signal } = request;
    for (;;) {
      signal?.throwIfAborted();
      const proof = await this.#proof(signal);
      try {
        return await this.#try(request, { ...options, url, proof });
      } catch (error) {
        const retry = retries.after(error);
        if (retry === undefined) throw this.#explained(error);
        if (retry.type === "wait") {
          await sleep(retry.delay, { signal, clock: this.#options.clock });
        } else if (!await this.#renew(retry.what, { proof, signal })) {
          throw this.#explained(error);
        }
      }
    }
  }

  /** Aborts what is under way and closes all connections. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const deadline of this.#open) {
      deadline.abort(closed(this.origin));
    }
    this.#clients.close();
    return Promise.resolve();
  }

  async #try<R>(
    request: HttpRequest,
    { lane, read, url, proof }: Try<R>,
  ): Promise<R> {
    const { clock, fetch, onRequest } = this.#options;
    const { method, body, timeout = this.#options.timeout } = request;
    const client = this.#clients.get(lane);
    const deadline = startDeadline({
      timeout,
      signal: request.signal,
      clock,
      cleared: () => this.#open.delete(deadline),
    });
    this.#open.add(deadline);
    const start = clock.now();
    let code: number | string = "<error>";
    try {
      const response = await fetch(url, {
        method,
        headers: this.#headers(request, proof.headers),
        ...body !== undefined && { body },
        signal: deadline.signal,
        redirect: "manual", // credentials go nowhere else
        client,
      });
      code = response.status;
      this.#warnings.note(response.headers.get("warning"));
      if (!response.ok) throw await refusal(response, request, clock);
      const answer = await read(response, deadline);
      this.#clients.succeeded(lane);
      return answer;
    } catch (error) {
      deadline.clear();
      if (error instanceof ApiError) {
        this.#clients.succeeded(lane);
        throw error;
      }
      if (request.signal?.aborted) throw request.signal.reason;
      if (this.#closed) throw closed(this.origin);
      const failure = this.#failure(error, { deadline, timeout });
      if (failure instanceof ConnectionError) {
        this.#clients.failed(lane, client, failure.kind);
      }
      throw failure;
    } finally {
      onRequest({ method, code, duration: clock.now() - start, lane });
    }
  }

  #headers(
    { accept, contentType, body }: HttpRequest,
    proof: Readonly<Record<string, string>> = {},
  ): [string, string][] {
    const headers: [string, string][] = [
      ["accept", accept ?? "application/json"],
      ...this.#fixedHeaders,
    ];
    for (const name in proof) {
      const value = proof[name];
      if (value !== undefined) headers.push([name, value]);
    }
    if (body !== undefined) {
      headers.push(["content-type", contentType ?? "application/json"]);
    }
    return headers;
  }

  #failure(
    error: unknown,
    { deadline, timeout }: { deadline: Deadline; timeout: number },
  ): ConnectionError | ConfigError {
    if (error instanceof ConfigError) return error;
    if (deadline.expired) {
      return new ConnectionError(
        `Cannot reach ${this.origin}: no complete answer within ${timeout} ms`,
        { kind: "timeout" },
      );
    }
    if (error instanceof Deno.errors.NotCapable) {
      return permissionError(`Cannot reach ${this.origin}`, [
        { name: "net", host: hostOf(this.origin) },
      ]);
    }
    return connectionErrorFrom(error, this.origin);
  }

  /** What the API server was shown. */
  async #proof(
    signal: AbortSignal | undefined,
    refresh = false,
  ): Promise<Proof> {
    const { credentials } = this.#config;
    if (credentials === undefined) return {};
    const headers = await credentials.headers({ signal, refresh });
    return { headers, certificate: credentials.clientCertificate };
  }

  /** Whether there is something new to show, so that another try makes sense. */
  async #renew(
    what: "credentials" | "certificates",
    { proof, signal }: { proof: Proof; signal: AbortSignal | undefined },
  ): Promise<boolean> {
    if (await this.#clients.reload()) return true;
    if (what === "certificates") return false;
    // Another request may have renewed them meanwhile.
    return differs(proof, await this.#proof(signal)) ||
      differs(proof, await this.#proof(signal, true));
  }

  #explained(error: unknown): unknown {
    return error instanceof ConnectionError
      ? handshakeError(error, this.#config)
      : error;
  }
}

/** What proves who the client is. */
interface Proof {
  readonly headers?: Readonly<Record<string, string>>;
  readonly certificate?: ClientCertificate | undefined;
}

/** One try of a request. */
interface Try<R> {
  readonly lane: Lane;
  readonly read: ReadAnswer<R>;
  readonly url: string;
  readonly proof: Proof;
}

function differs(a: Proof, b: Proof): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function closed(origin: string): ConnectionError {
  return new ConnectionError(`Cannot reach ${origin}: the client is closed`, {
    kind: "other",
  });
}

async function refusal(
  response: Response,
  { method, path }: HttpRequest,
  clock: Clock,
): Promise<ApiError> {
  const { status: code, headers } = response;
  const text = await response.text();
  return apiErrorFromStatus(
    code < 400 ? "the server redirects, which is not followed" : text,
    {
      code,
      method,
      path,
      retryAfter: parseRetryAfter(headers.get("retry-after"), clock),
    },
  );
}

function originOf({ server, source }: ClientConfig): string {
  const url = URL.parse(server);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new ConfigError(
    `Cannot use the server of ${source ?? "the client"}: ` +
      `it needs a URL that starts with https:// or http://`,
  );
}

/** Host and port as `--allow-net` wants them. */
function hostOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}
