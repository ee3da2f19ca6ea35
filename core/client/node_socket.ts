import type { Agent } from "node:https";
import { permissionError } from "./permissions.ts";
import {
  openSocket,
  type OpenSocketOptions,
  type Socket,
} from "./web_socket.ts";

/** Options of {@linkcode openNodeSocket}. */
export interface OpenNodeSocketOptions extends OpenSocketOptions {
  /** Opens the connection. */
  readonly agent: Agent;
}

/** The constructor of `ws`; what it makes is a `WebSocket` of the web. */
type WebSocketOfNode = new (
  url: string,
  protocols: string[],
  options: {
    readonly agent: Agent;
    readonly headers: Readonly<Record<string, string>>;
    readonly perMessageDeflate: boolean;
    readonly closeTimeout: number;
  },
) => WebSocket;

/** What `ws` reads when it is loaded. */
const variables = ["WS_NO_BUFFER_UTIL", "WS_NO_UTF_8_VALIDATE"];

/**
 * Opens a WebSocket over a connection of an agent of Node.
 *
 * Needs `--allow-env=WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE`.
 *
 * @param url The URL, with the scheme of HTTP.
 * @param options Subprotocols, headers, signal, agent.
 * @returns The open connection.
 * @throws {ConnectionError} If the server does not agree.
 * @throws {ConfigError} If a permission lacks.
 */
export async function openNodeSocket(
  url: string,
  { agent, ...options }: OpenNodeSocketOptions,
): Promise<Socket> {
  const { WebSocket } = await load(options.origin);
  return await openSocket(url, {
    ...options,
    create: (url, { protocols, headers }) =>
      new WebSocket(url, [...protocols], {
        agent,
        headers: Object.fromEntries(new Headers(headers)),
        perMessageDeflate: false,
        closeTimeout: 200, // until it breaks off
      }),
  });
}

async function load(origin: string): Promise<{ WebSocket: WebSocketOfNode }> {
  try {
    return await import("npm:ws@^8.20.0");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw permissionError(
      `Cannot open a WebSocket to ${origin}`,
      variables.map((variable) => ({ name: "env", variable })),
    );
  }
}
