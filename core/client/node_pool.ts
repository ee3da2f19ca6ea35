import type { ClientRequest, IncomingMessage } from "node:http";
import type { Agent } from "node:https";
import { getLogger } from "../telemetry/logger.ts";
import type {
  ConnectionPool,
  ConnectionPoolOptions,
} from "./connection_pool.ts";
import { openNodeSocket } from "./node_socket.ts";
import { openTlsConnection } from "./node_tls.ts";

/** Servers that a warning was logged for. */
const warned = new Set<string>();

/**
 * Makes a pool of connections that Node's modules open, since Deno can neither
 * skip the check of a server nor check it for another name.
 *
 * Speaks HTTP/1.1 and trusts the given authorities only. A log line warns once
 * of each server that is not checked.
 *
 * @example Make one and close it
 * ```ts
 * import { nodePool } from "./node_pool.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pool = nodePool({
 *   tls: { serverName: "kubernetes" },
 *   origin: "https://10.0.0.1:6443",
 * });
 * assertEquals(pool.client, undefined);
 * pool.close();
 * ```
 *
 * @param options Certificates and proxy.
 * @returns The pool; nothing is opened or loaded yet.
 */
export function nodePool(options: ConnectionPoolOptions): ConnectionPool {
  let agent: Promise<Agent> | undefined;
  const load = (): Promise<Agent> => agent ??= createAgent(options);
  return {
    fetch: async (url, init) =>
      await send(url, { ...init, agent: await load() }),
    openSocket: async (url, socket) =>
      await openNodeSocket(url, { ...socket, agent: await load() }),
    close: () => void agent?.then(retire),
  };
}

async function createAgent(options: ConnectionPoolOptions): Promise<Agent> {
  const { origin, tls } = options;
  if (tls.insecureSkipVerify && !warned.has(origin)) {
    warned.add(origin);
    getLogger("client").warning(
      "The certificate of {origin} is not checked: insecure-skip-tls-verify",
      { origin },
    );
  }
  const { Agent } = await import("node:https");
  const agent = new Agent({ keepAlive: true });
  return Object.assign(agent, { createConnection: openTlsConnection(options) });
}

/** Closes what is idle, and later what is not. */
function retire(agent: Agent): void {
  Object.assign(agent, { keepAlive: false });
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

/** Answers without a body (Fetch Standard, null body status). */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

async function send(
  url: string,
  { agent, method = "GET", headers, body, signal }: RequestInit & {
    agent: Agent;
  },
): Promise<Response> {
  const { request } = await import("node:https");
  const { Readable } = await import("node:stream");
  const bytes = typeof body === "string"
    ? new TextEncoder().encode(body)
    : undefined;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent: ClientRequest = request(url, {
    agent,
    method,
    headers: {
      ...byName(headers),
      ...bytes !== undefined && { "content-length": bytes.length },
    },
    maxHeaderSize: 1_048_576,
    ...signal && { signal },
  }, resolve);
  sent.on("error", reject);
  sent.end(bytes);
  const message = await promise;
  const { statusCode: status = 0, rawHeaders } = message;
  const answer = { status, headers: pairsOf(rawHeaders) };
  if (EMPTY.has(status)) {
    message.resume(); // frees the connection
    return new Response(null, answer);
  }
  // Node's own stream type differs in name only.
  const stream = Readable.toWeb(message) as ReadableStream<Uint8Array>;
  return new Response(stream, answer);
}

/** Node wants repeated headers together. */
function byName(headers: HeadersInit = []): Record<string, string[]> {
  const pairs = Array.isArray(headers) ? headers : [...new Headers(headers)];
  const all = Map.groupBy(pairs, ([name = ""]) => name);
  return Object.fromEntries(
    [...all].map(([name, pairs]) => [
      name,
      pairs.map(([, value = ""]) => value),
    ]),
  );
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, raw[i + 1] ?? ""]] : []
  );
}
