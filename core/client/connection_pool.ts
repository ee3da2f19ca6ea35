import type { TlsConfig } from "./config.ts";
import type { Fetch } from "./http_request.ts";
import type { OpenSocketOptions, Socket } from "./web_socket.ts";

/** Connections to one API server that are kept open between requests. */
export interface ConnectionPool {
  /** What Deno's `fetch` takes; none where Node's modules open connections. */
  readonly client?: Deno.HttpClient;
  /** Sends a request over one of the connections. */
  readonly fetch: Fetch;
  /**
   * Opens a WebSocket to the same server in the same way.
   *
   * @param url The URL, with the scheme of HTTP.
   * @param options Subprotocols, headers, signal.
   * @returns The open connection.
   */
  readonly openSocket: (
    url: string,
    options: OpenSocketOptions,
  ) => Promise<Socket>;
  /** Closes each connection as soon as nothing uses it. */
  close(): void;
}

/** How the connections of a pool are opened. */
export interface ConnectionPoolOptions {
  /** Whom to trust, and a client certificate with its key. */
  readonly tls: TlsConfig;
  /** URL of a proxy; may hold user and password. */
  readonly proxyUrl?: string | undefined;
  /** The origin of the server, for messages. */
  readonly origin: string;
}
