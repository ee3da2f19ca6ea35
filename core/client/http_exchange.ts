import type { Clock } from "../timing/clock.ts";
import { sleep } from "../timing/sleep.ts";
import { ApiError } from "./api_error.ts";
import type { ClientConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError, connectionErrorFrom } from "./connection_error.ts";
import type { ConnectionPool } from "./connection_pool.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { HttpClients, type Lane } from "./http_clients.ts";
import { permissionError } from "./permissions.ts";
import { isSameProof, type Proof, readProof } from "./proof.ts";
import { refusalOf } from "./refusal.ts";
import type { Fetch, HttpRequest, SentRequest } from "./http_request.ts";
import { impersonationHeaders } from "./impersonation_headers.ts";
import { requestUrl } from "./request_url.ts";
import { Retries } from "./retry.ts";
import { isOpenToAll, netHostOf, originOf } from "./server_origin.ts";
import { untilAborted } from "./until_aborted.ts";
import { WarningLog } from "./warning_log.ts";

/** Options of {@linkcode HttpExchange}. */
export interface HttpExchangeOptions {
  /**
   * Sends the requests.
   *
   * @default {undefined} the connection pool does
   */
  readonly fetch?: Fetch | undefined;
  /** Where time comes from. */
  readonly clock: Clock;
  /** What the API server's audit log shows as the program. */
  readonly userAgent: string;
  /** How long one try may take, in milliseconds. */
  readonly timeout: number;
  /** Called right before each try; what it throws ends the request. */
  readonly beforeTry?: ((request: HttpRequest) => void) | undefined;
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
 * import { systemClock } from "@koprs/koprs/core";
 * import { HttpExchange } from "./http_exchange.ts";
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
 *   {
 *     lane: "request",
 *     read: async (response, deadline) => {
 *       const text = await response.text();
 *       deadline.clear();
 *       return text;
 *     },
 *   },
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
   * @throws {ConfigError} If the URL of the server is none, or credentials
   *   would go over plain HTTP to another machine.
   */
  constructor(config: ClientConfig, options: HttpExchangeOptions) {
    this.#config = config;
    this.#options = options;
    this.origin = originOf(config);
    if (config.credentials !== undefined && isOpenToAll(config.server)) {
      throw new ConfigError(
        `Cannot use ${this.origin}: credentials would go over plain http, ` +
          `it needs https`,
      );
    }
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
   * @param options Which connections to use, how to read the answer, and what
   *   sends instead of the pool.
   * @returns What was made of the answer.
   * @throws {ApiError} If the API server refuses.
   * @throws {ConnectionError} If no complete answer comes.
   * @throws {ConfigError} If credentials, certificates or permissions lack.
   */
  async send<R>(
    request: HttpRequest,
    options: {
      readonly lane: Lane;
      readonly read: ReadAnswer<R>;
      readonly sendBy?: SendBy;
    },
  ): Promise<R> {
    const url = requestUrl(this.#config.server, request.path, request.query);
    const retries = new Retries(request.method);
    const { signal } = request;
    for (;;) {
      signal?.throwIfAborted();
      if (this.#closed) throw closed(this.origin);
      const proof = await readProof(this.#config.credentials, { signal });
      this.#options.beforeTry?.(request);
      try {
        return await this.#try(request, { ...options, url, proof });
      } catch (error) {
        const retry = retries.after(error);
        if (retry === undefined) throw error;
        if (retry.type === "wait") {
          await sleep(retry.delay, { signal, clock: this.#options.clock });
        } else if (!await this.#renew(retry.what, { proof, signal })) {
          throw error;
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
    { lane, read, url, proof, sendBy = byItself }: Try<R>,
  ): Promise<R> {
    const { clock, onRequest } = this.#options;
    const { method, body, timeout = this.#options.timeout } = request;
    const pool = this.#clients.get(lane);
    const { client } = pool;
    const send = sendBy({ ...pool, fetch: this.#options.fetch ?? pool.fetch });
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
      const answered = send(url, {
        method,
        headers: this.#headers(request, proof.headers),
        ...body !== undefined && { body },
        signal: deadline.signal,
        redirect: "manual", // credentials go nowhere else
        ...client !== undefined && { client },
      });
      const response = await untilAborted(answered, deadline.signal);
      code = response.status;
      this.#warnings.note(response.headers.get("warning"));
      if (!response.ok) throw await refusalOf(response, { request, clock });
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
        this.#clients.failed(lane, pool, failure.kind);
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
        { name: "net", host: netHostOf(this.origin) },
      ]);
    }
    if (error instanceof ConnectionError) return error;
    return connectionErrorFrom(error, this.origin);
  }

  /** Whether there is something new to show, so that another try makes sense. */
  async #renew(
    what: "credentials" | "certificates",
    { proof, signal }: { proof: Proof; signal: AbortSignal | undefined },
  ): Promise<boolean> {
    if (await this.#clients.reload()) return true;
    if (what === "certificates") return false;
    // Another request may have renewed them meanwhile.
    const { credentials } = this.#config;
    for (const refresh of [false, true]) {
      const next = await readProof(credentials, { signal, refresh });
      if (!isSameProof(proof, next)) return true;
    }
    return false;
  }
}

/** One try of a request. */
interface Try<R> {
  readonly lane: Lane;
  readonly read: ReadAnswer<R>;
  readonly url: string;
  readonly proof: Proof;
  readonly sendBy?: SendBy;
}

/** Chooses how a request is sent over a pool. */
type SendBy = (pool: ConnectionPool) => Fetch;

const byItself: SendBy = ({ fetch }) => fetch;

function closed(origin: string): ConnectionError {
  return new ConnectionError(`Cannot reach ${origin}: the client is closed`, {
    kind: "other",
  });
}
