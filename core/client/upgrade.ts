import type { Clock } from "../timing/clock.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError } from "./connection_error.ts";
import type { ConnectionPool } from "./connection_pool.ts";
import type { Fetch } from "./http_request.ts";
import { readText } from "./read_text.ts";
import { openSocket, type Socket } from "./web_socket.ts";

/** Options of {@linkcode upgrading}. */
export interface UpgradeOptions {
  /** Subprotocols in order of preference. */
  readonly protocols: readonly string[];
  /** Asks once more when a WebSocket is refused. */
  readonly fetch: Fetch;
  /**
   * Opens the WebSocket.
   *
   * @default {openSocket}
   */
  readonly openSocket?: ConnectionPool["openSocket"] | undefined;
  /** The origin of the server, for messages. */
  readonly origin: string;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Gets the open connection, before the answer. */
  readonly opened: (socket: Socket) => void;
}

/** What the API server says to a GET of what needs an upgrade. */
const REQUIRED = /upgrade request required/i;

/**
 * Makes a `fetch` that opens a WebSocket, so that credentials, retries and
 * errors are those of any request.
 *
 * A refused WebSocket hides why; a plain GET of the same URL tells. It starts
 * nothing: the API server wants an upgrade before it asks the node.
 *
 * @example Learn why a WebSocket is refused
 * ```ts
 * import { systemClock } from "@koprs/koprs/core";
 * import { upgrading } from "./upgrade.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const upgrade = upgrading({
 *   protocols: ["v5.channel.k8s.io"],
 *   fetch: () => Promise.resolve(new Response("no such Pod", { status: 404 })),
 *   origin: "http://127.0.0.1:20999",
 *   clock: systemClock,
 *   opened: () => {},
 * });
 * const { status } = await upgrade("http://127.0.0.1:20999/", {
 *   headers: {},
 *   signal: new AbortController().signal,
 * });
 * assertEquals(status, 404);
 * ```
 *
 * @param options Subprotocols, and what gets the connection.
 * @returns The `fetch`; its answer is empty when the connection is open.
 */
export function upgrading(options: UpgradeOptions): Fetch {
  const { fetch, origin, opened, openSocket: open = openSocket } = options;
  const { protocols, clock } = options;
  return async (url, init) => {
    const { headers = {}, client } = init;
    const signal = init.signal ?? new AbortController().signal;
    let refusal: unknown;
    try {
      const settings = { protocols, headers, client, signal, origin, clock };
      opened(await open(url, settings));
      return new Response(null);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ConfigError) throw error;
      refusal = error;
    }
    const response = await fetch(url, init);
    const text = await readText(response, { maxSize: 1_048_576, origin });
    if (!response.ok && !REQUIRED.test(text)) {
      const { status, headers } = response;
      return new Response(text, { status, headers });
    }
    if (refusal instanceof ConnectionError) throw refusal;
    throw new ConnectionError(`Cannot reach ${origin}: no WebSocket opens`, {
      kind: "other",
    });
  };
}
