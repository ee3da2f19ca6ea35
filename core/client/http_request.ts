import type { Query } from "./request_url.ts";

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
   * How long one try may take, headers and body, in milliseconds; ten times as
   * long where the body of a GET keeps coming.
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
